"""Places: which words name which place, in three languages, and which only look as if they did."""

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extraction.places import PlaceMention, find_places
from monitor.model.geography import PlaceKind
from monitor.model.reports import Language
from tests.extraction.geographies import the_geography

UK, RU, EN = Language.UKRAINIAN, Language.RUSSIAN, Language.ENGLISH
KYIV, KHARKIV, ODESA, SUMY, SLOVIANSK, SUDZHA = 703448, 706483, 698740, 692194, 693468, 486816
KREMENCHUK, KRYVYI_RIH, ZAPORIZHZHIA, SVATOVE, BORISOVKA = 704147, 703845, 687700, 692118, 572500
NIKOPOL, SHOSTKA, KUPIANSK, MARHANETS = 700051, 693942, 703656, 701855
LUBNY, SYNELNYKOVE, BOHODUKHIV, IZIUM = 702723, 693796, 711894, 707292
SLAVYANSK_NA_KUBANI, BELGOROD, ENGELS, HVARDIISKE = 492094, 578072, 563464, 707777


def mentions(text: str, language: Language) -> tuple[PlaceMention, ...]:
    return find_places(text, language, the_geography())


def ids(text: str, language: Language) -> list[int | None]:
    return [one.place.geonameid for one in mentions(text, language) if one.kind is PlaceKind.SETTLEMENT]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (UK, "Дрони вдарили по підстанції у Сумах", SUMY),
        (UK, "Вибухи під Харковом", KHARKIV),
        (UK, "Обстріл Кременчука триває", KREMENCHUK),
        (UK, "У Кременчуці горить завод", KREMENCHUK),
        (UK, "Відключення світла у Кривому Розі", KRYVYI_RIH),
        (UK, "Удар по Слов’янську", SLOVIANSK),
        (UK, "Харкiв без світла після атаки", KHARKIV),
        (UK, "ДСНС: пожежу в Києві загасили", KYIV),
        (UK, "Дрони атакували Бєлгород", BELGOROD),
        (UK, "Палає нафтобаза в Енгельсі", ENGELS),
        (RU, "Взрывы в Запорожье", ZAPORIZHZHIA),
        (RU, "Удар по порту Одессы", ODESA),
        (RU, "В Судже горит станция", SUDZHA),
        (RU, "Обстрел Харькова", KHARKIV),
        (EN, "Drones hit Odessa at night", ODESA),
        (EN, "Explosions in Kharkov", KHARKIV),
        (EN, "Power cut in Zaporizhia after strike", ZAPORIZHZHIA),
        (EN, "Odesa's port was hit", ODESA),
        (EN, "Missiles strike Kyiv power plants", KYIV),
        (EN, "An oil depot in Feodosia was hit", 709161),
        (EN, "Explosions in Yevpatoria", 688105),
        (UK, "Удар у станиці Кавказькій", 551669),
    ],
)
def test_inflected_and_variant_names_lead_to_their_place(language: Language, text: str, expected: int) -> None:
    assert ids(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "region"),
    [
        (UK, "На Полтавщині пошкоджено лінію", "UA.18"),
        (UK, "у Кіровоградській області", "UA.10"),
        (UK, "голова Полтавської ОВА", "UA.18"),
        (UK, "На Прикарпатті лунали вибухи", "UA.06"),
        (RU, "в Краснодарском крае", "RU.38"),
        (RU, "На Кубани горит нефтебаза", "RU.38"),
        (RU, "на Херсонщине", "UA.08"),
        (RU, "удар по станции в ЛНР", "UA.14"),
        (RU, "взрывы в Крыму", "UA.11"),
        (EN, "in Belgorod region", "RU.09"),
        (EN, "Poltava Oblast was attacked", "UA.18"),
        (EN, "a plant in Tatarstan", "RU.73"),
        (EN, "occupied Crimea", "UA.11"),
    ],
)
def test_regions_are_named_by_adjectives_landscapes_and_claims(language: Language, text: str, region: str) -> None:
    (found,) = mentions(text, language)
    assert (found.kind, found.place.region, found.place.precision) == (PlaceKind.REGION, region, 3)


@pytest.mark.parametrize(
    ("language", "text", "regions"),
    [
        (UK, "у Харківській, Сумській та Одеській областях", ["UA.07", "UA.21", "UA.17"]),
        (RU, "в Черниговской и Сумской областях", ["UA.02", "UA.21"]),
        (EN, "in Kharkiv, Dnipropetrovsk, and Odesa oblasts", ["UA.07", "UA.04", "UA.17"]),
    ],
)
def test_a_list_of_adjectives_shares_one_region_word(language: Language, text: str, regions: list[str]) -> None:
    assert [one.place.region for one in mentions(text, language)] == regions


def test_a_city_without_a_region_word_is_the_city() -> None:
    assert mentions("Explosions in Kursk", EN)[0].kind is PlaceKind.SETTLEMENT


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (EN, "the Slavyansk-na-Kubani refinery burns", SLAVYANSK_NA_KUBANI),
        (RU, "пожар в Славянске-на-Кубани", SLAVYANSK_NA_KUBANI),
        (UK, "У селищі Борисівка Бєлгородської області", BORISOVKA),
        (EN, "in Borisovka, Belgorod region", BORISOVKA),
        (RU, "на авиабазе в Гвардейском под Симферополем", HVARDIISKE),
    ],
)
def test_homonyms_follow_the_words_beside_them(language: Language, text: str, expected: int) -> None:
    assert expected in ids(text, language)


def test_a_homonym_takes_the_region_that_stands_right_after_it() -> None:
    found = mentions("удар по подстанции на окраине села Любимовка Курской области", RU)
    assert [one.place.region for one in found] == ["RU.41", "RU.41"]
    assert {one.place.country for one in found} == {"RU"}


def test_a_name_that_many_villages_bear_keeps_only_what_they_share() -> None:
    (found,) = mentions("вибухи в Новоселівці", UK)
    assert found.ambiguous
    assert (found.place.geonameid, found.place.lat, found.place.country) == (None, None, "UA")


def test_a_village_that_the_gazetteer_lacks_still_has_its_region() -> None:
    village, region = mentions("в селе Заблудовка-Дальняя Курской области нет света", RU)
    assert (village.place.region, village.place.geonameid, village.ambiguous) == ("RU.41", None, True)
    assert region.kind is PlaceKind.REGION


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Kyiv said it would respond"),
        (EN, "Moscow accuses Ukraine's army"),
        (RU, "Киев усилил атаки"),
        (RU, "власти обвинили Киев"),
        (UK, "Москва заявила про перемир'я"),
    ],
)
def test_a_capital_that_speaks_is_a_government(language: Language, text: str) -> None:
    assert ids(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "Генерал Николаев доложил о потерях"),
        (RU, "Мир требует перемирия"),
        (UK, "Нова пошта закрила відділення"),
        (UK, "Правда перемагає"),
        (EN, "Vladimir Putin spoke at length"),
        (EN, "UK officials met in private"),
        (EN, "Buy a generator, officials say"),
        (EN, "Roman Starovoit told reporters"),
        (RU, "Дружба народов"),
    ],
)
def test_persons_and_ordinary_words_are_no_places(language: Language, text: str) -> None:
    assert mentions(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "facility", "class_id"),
    [
        (EN, "Russia announces attack on Sudzha gas metering station", "sudzha-gis", "gas_metering"),
        (UK, 'На ГВС "Суджа" прогриміли вибухи', "sudzha-gis", "gas_metering"),
        (RU, "подрыв газораспределительной станции «Суджа»", "sudzha-gis", "gas_metering"),
        (RU, "удар по станции «Сватово»", "svatove-grs", "gas_distribution"),
        (EN, "drones struck the Kropotkinskaya oil pumping station", "kropotkinskaya-nps", "pumping_station"),
        (RU, "атака на нефтебазу «Кавказская»", "kavkazskaya-depot", "oil_depot"),
        (RU, "удар по ДнепроГЭС", "dniprohes", "hydro_dam"),
        (UK, "підстанції Запорізької АЕС", "zaporizka-aes", "nuclear_plant"),
        (UK, "на Трипільській ТЕС", "trypilska-tes", "power_plant"),
        (RU, "Рязанский НПЗ остановлен", "ryazan-npz", "oil_refinery"),
        (UK, 'нафтопроводу "Дружба"', "druzhba", "pipeline"),
        (RU, "подстанции «Виноградово»", "vynohradove-150", "substation"),
        (EN, "Kherson thermal power plant was shelled", "khersonska-tec", "power_plant"),
    ],
)
def test_facilities_are_found_by_their_names(language: Language, text: str, facility: str, class_id: str) -> None:
    (found,) = [one for one in mentions(text, language) if one.facility is not None]
    assert found.facility is not None
    assert (found.facility.id, found.facility.class_id) == (facility, class_id)


def test_near_identical_names_stay_apart() -> None:
    depot = mentions("нефтебаза «Кавказская»", RU)[0]
    station = mentions("НПС «Кропоткинская»", RU)[0]
    village = mentions("пожар в станице Кавказская", RU)[0]
    assert depot.facility != station.facility
    assert village.facility is None


def test_a_facility_without_coordinates_is_shown_at_the_nearest_place_with_precision_2() -> None:
    (found,) = mentions('ГВС "Суджа"', UK)
    assert (found.place.geonameid, found.place.precision) == (SUDZHA, 2)


@pytest.mark.parametrize(
    ("language", "text"), [(UK, "вибухи під Харковом"), (EN, "on the outskirts of Kherson"), (RU, "в районе Энгельса")]
)
def test_near_a_town_is_an_area(language: Language, text: str) -> None:
    assert mentions(text, language)[0].place.precision == 2


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        (UK, "у Кременчуцькому районі", KREMENCHUK),
        (EN, "in Kremenchuk district", KREMENCHUK),
        (RU, "в Борисовском районе Белгородской области", BORISOVKA),
    ],
)
def test_a_district_is_an_area_at_its_town(language: Language, text: str, town: int) -> None:
    found = mentions(text, language)[0]
    assert (found.kind, found.place.geonameid, found.place.precision) == (PlaceKind.DISTRICT, town, 2)


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        (RU, "удар по Октябрьскому району Херсона", "Kherson"),
        (UK, "у Шевченківському районі Харкова", "Kharkiv"),
        (EN, "in the Shevchenkivskyi district of Kharkiv", "Kharkiv"),
    ],
)
def test_a_part_of_a_town_is_no_place_of_its_name_elsewhere(language: Language, text: str, town: str) -> None:
    assert [one.place.name for one in mentions(text, language)] == [town]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (RU, "в Бериславе на правом берегу Днепра", ["Beryslav"]),
        (UK, "у Херсоні на лівому березі Дніпра", ["Kherson"]),
        (EN, "in Kherson, on the left bank of the Dnipro", ["Kherson"]),
        (UK, "на околиці Дніпра", ["Dnipro"]),
        (RU, "на левом берегу в Херсоне", ["Kherson"]),
        (RU, "в Голой Пристани, в устье Днепра", ["Hola Prystan"]),
        (EN, "a village near the Dnipro River, in Kherson", ["Kherson"]),
        (EN, "an attack on Dnipro", ["Dnipro"]),
        (UK, "на нафтобазі в Орлі", ["Oryol"]),
    ],
)
def test_the_bank_of_a_river_is_no_town_of_its_name(language: Language, text: str, expected: list[str]) -> None:
    assert [one.place.name for one in mentions(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        (UK, "Обстріляно Нікопольщину", NIKOPOL),
        (UK, "Пошкоджено підстанцію на Шосткинщині", SHOSTKA),
        (UK, "Удар по підстанції на Криворіжжі", KRYVYI_RIH),
        (UK, "Без світла частина Куп’янщини", KUPIANSK),
        (UK, "Атака на Марганеччину", MARHANETS),
        (UK, "На Лубенщині дрон влучив у трансформатор", LUBNY),
        (UK, "Ворог бив по Синельниківщині", SYNELNYKOVE),
        (UK, "На Богодухівщині горить склад", BOHODUKHIV),
        (RU, "Дрон попал в подстанцию на Никопольщине", NIKOPOL),
        (RU, "Обстрел Криворожья", KRYVYI_RIH),
        (RU, "Под ударом Изюмщина", IZIUM),
    ],
)
def test_a_districts_nickname_is_an_area_at_its_town(language: Language, text: str, town: int) -> None:
    (found,) = mentions(text, language)
    assert (found.kind, found.place.geonameid, found.place.precision) == (PlaceKind.DISTRICT, town, 2)


@pytest.mark.parametrize(
    ("language", "text", "towns"),
    [
        (RU, "без света жители Борисовского и Грайворонского районов", ["Borisovka", "Grayvoron"]),
        (UK, "знеструмлено Сумський та Шосткинський райони", ["Sumy", "Shostka"]),
        (EN, "Borisovka and Grayvoron districts are without power", ["Borisovka", "Grayvoron"]),
    ],
)
def test_a_list_of_districts_shares_one_word_for_them(language: Language, text: str, towns: list[str]) -> None:
    assert [(one.place.name, one.kind) for one in mentions(text, language)] == [
        (town, PlaceKind.DISTRICT) for town in towns
    ]


@pytest.mark.parametrize(
    "text",
    ["Махновщина давно минула", "Бандерівщина як жупел", "Отаманщина скінчилася", "Подорожжя не скасовано"],
)
def test_other_words_that_end_like_a_nickname_are_no_places(text: str) -> None:
    assert mentions(text, UK) == ()


@pytest.mark.parametrize(("text", "kind"), [("На Полтавщині тихо", "region"), ("Удар з Угорщини", "country")])
def test_regions_and_countries_that_end_like_a_nickname_stay_what_they_are(text: str, kind: str) -> None:
    (found,) = mentions(text, UK)
    assert found.kind == PlaceKind(kind)


def test_countries_and_seas_are_the_least_exact() -> None:
    found = mentions("Drones over the Black Sea and Russia", EN)
    assert [(one.kind, one.place.country) for one in found] == [(PlaceKind.SEA, None), (PlaceKind.COUNTRY, "RU")]


def test_a_headline_in_capitals_is_read_too() -> None:
    assert ids("ВИБУХИ У ХАРКОВІ", UK) == [KHARKIV]


PIECES = (
    "Харків Київ Суджа Курської області у в під Одеській та , « » Kyiv Kharkiv region of Nova Нова Каховка ( ) . - ’s "
    "район Черное море НПЗ Дружба \ud800 \x1b[2J 𝒦 İ ﬁ"
)
words = st.sampled_from(PIECES.split())


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.one_of(st.text(max_size=120), st.lists(words, max_size=14).map(" ".join)), st.sampled_from(list(Language)))
def test_any_text_yields_exact_ordered_spans_that_never_overlap(text: str, language: Language) -> None:
    reached = 0
    for one in mentions(text, language):
        start, end = one.span
        assert reached <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        reached = end


@pytest.mark.parametrize("piece", ["Харків, ", "Нова «", "Харківській, ", "Кременчуцькому районі ", "Суджа (Курської "])
def test_a_text_made_to_keep_the_program_busy_is_read_in_seconds(piece: str) -> None:
    started = time.monotonic()
    mentions(piece * 5_000, UK)
    assert time.monotonic() - started < 10
