"""Who says it, and whom they accuse, are two parties; who says that nobody knows accuses none."""

import pytest

from monitor.model.claims import Basis, Stance
from tests.extraction.reading import claims_of, events_of


@pytest.mark.parametrize(
    ("language", "text", "claimant", "attacker"),
    [
        ("en", "Ukraine's Ministry of Defence said Russia struck a substation in Sumy region", "UA", "RU"),
        ("en", "Russia's Defence Ministry said Ukraine struck a substation in Bryansk region", "RU", "UA"),
        ("en", "The Kremlin said Ukraine struck an oil depot in Krasnodar", "RU", "UA"),
        ("en", "Moscow said on Monday that Kyiv had hit a power substation in Kursk region", "RU", "UA"),
        ("en", "Kyiv says Russia shelled a thermal power plant in Kherson", "UA", "RU"),
        ("en", "Zelenskyy said Russia attacked a power plant in Kryvyi Rih", "UA", "RU"),
        ("en", "Russia struck a substation in Sumy, Ukraine's energy ministry said", "UA", "RU"),
        ("en", "Russia struck a substation in Sumy, said Kyiv", "UA", "RU"),
        ("en", "Ukraine struck a substation in Bryansk, Russia's defence ministry said", "RU", "UA"),
        ("en", "According to Kyiv, Russia struck an oil depot in Odesa region", "UA", "RU"),
        ("en", "Governor Gladkov said Ukrainian drones hit a power line near Belgorod", "RU", "UA"),
        ("en", "A Russian-installed governor in Kherson said Ukrainian forces shelled a substation", "RU", "UA"),
        ("uk", "Міноборони РФ заявило, що Україна вдарила по підстанції в Брянській області", "RU", "UA"),
        ("uk", "Зеленський заявив, що Росія вдарила по підстанції на Сумщині", "UA", "RU"),
        ("uk", "Росія вдарила по підстанції в Сумах, повідомили в Міненерго", "UA", "RU"),
        ("uk", "Окупаційний губернатор Херсонщини повідомив, що ЗСУ вдарили по підстанції в Генічеську", "RU", "UA"),
        ("ru", "Минобороны РФ заявило, что Украина ударила по подстанции в Брянской области", "RU", "UA"),
        ("ru", "В пресс-службе Кремля заявили, что Украина ударила по подстанции в Брянской области", "RU", "UA"),
        ("uk", "У пресслужбі Кремля заявили, що Україна вдарила по підстанції в Брянській області", "RU", "UA"),
        ("ru", "Киев заявил, что Россия нанесла удар по электростанции в Кривом Роге", "UA", "RU"),
        ("ru", "Украина обвинила Россию в ударе по газохранилищу на Полтавщине", "UA", "RU"),
    ],
)
def test_who_is_accused_of_a_strike_is_no_claimant_of_it(
    language: str, text: str, claimant: str, attacker: str
) -> None:
    (claim,) = events_of(text, language)
    assert {actor.party for actor in claim.claimants} == {claimant}
    assert (claim.attacker, claim.attacker_basis) == (attacker, Basis.STATED)


@pytest.mark.parametrize(
    ("language", "text", "party"),
    [
        ("en", "Ukraine said it struck an oil refinery in Saratov", "UA"),
        ("en", "Russia said it had struck a gas compressor station in Poltava region", "RU"),
        ("en", "Ukraine struck a refinery in Samara, the Ukrainian General Staff said", "UA"),
        ("uk", "Генштаб підтвердив, що Україна вразила нафтобазу в Енгельсі", "UA"),
        ("ru", "Минобороны РФ сообщило, что Россия поразила подстанцию под Полтавой", "RU"),
    ],
)
def test_who_tells_of_its_own_strike_is_claimant_and_attacker(language: str, text: str, party: str) -> None:
    (claim,) = events_of(text, language)
    assert {actor.party for actor in claim.claimants} == {party}
    assert (claim.attacker, claim.attacker_basis) == (party, Basis.STATED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Investigators have not established who struck the Engels oil depot"),
        ("en", "It is unclear who struck the substation in Enerhodar"),
        ("en", "It is not known whose drones hit the oil depot in Engels"),
        ("uk", "Слідчі не встановили, хто вдарив по нафтобазі в Енгельсі"),
        ("uk", "Невідомо, чиї дрони влучили в підстанцію у Сумах"),
        ("ru", "Следствие не установило, кто нанёс удар по нефтебазе в Энгельсе"),
        ("ru", "Чьи беспилотники попали в подстанцию в Сумах, неизвестно"),
    ],
)
def test_nobody_is_accused_where_the_text_says_that_it_is_not_known_who(language: str, text: str) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.attacker_basis) == (None, None)


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Kyiv thanked the forces who struck the Engels oil depot", "UA"),
        ("uk", "Ті, хто вдарив по нафтобазі в Енгельсі, отримали нагороди", "UA"),
        ("ru", "Те, кто ударил по нефтебазе в Энгельсе, награждены", "UA"),
    ],
)
def test_a_relative_clause_asks_nothing(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims_of(text, language)} == {attacker}


def test_words_with_two_meanings_make_one_claim_of_the_more_telling() -> None:
    (claim,) = events_of("Russia attacked a power plant in Kryvyi Rih")
    assert claim.target.class_id == "power_plant"
    (claim,) = events_of("Russia struck a gas compressor station in Poltava region")
    assert claim.target.class_id == "pumping_station"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia suspends petrol shipments after drone strikes on refineries"),
        ("en", "Ukraine seeks transformers following missile attacks on its grid"),
        ("uk", "Україна просить трансформатори після масованих ударів по енергосистемі"),
        ("ru", "Россия остановила вывоз бензина из-за ударов по НПЗ"),
    ],
)
def test_who_acts_after_a_strike_did_not_make_it(language: str, text: str) -> None:
    first = text.split()[0]
    own = {"Russia": "RU", "Россия": "RU"}.get(first, "UA")
    assert own not in {claim.attacker for claim in claims_of(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Russia struck a substation in Sumy after talks on the grid", "RU"),
        ("en", "Ukraine set fire to a refinery in Ryazan after a drone attack on the plant", "UA"),
        ("uk", "Росія пошкодила підстанцію в Сумах внаслідок ракетного удару", "RU"),
    ],
)
def test_who_struck_is_still_who_struck(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("uk", "Внаслідок обстрілу з боку РФ пошкоджено підстанцію в Сумах", "RU"),
        ("ru", "В результате обстрела со стороны ВСУ повреждена подстанция в Шебекино", "UA"),
    ],
)
def test_from_the_side_of_a_party_names_the_attacker(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Росія атакувала Одесу: пошкоджено підстанцію"),
        ("en", "Russians strike Sumy: substation damaged"),
        ("ru", "ВСУ ударили по Шебекино: повреждена ЛЭП"),
    ],
)
def test_who_struck_before_a_colon_does_not_say_so(language: str, text: str) -> None:
    assert {claim.claimants for claim in events_of(text, language)} == {()}


def test_a_news_agency_is_no_agent_and_the_past_day_is_no_past() -> None:
    assert events_of("Дрони вдарили по підстанції в Сумах, повідомляє агентство «Укрінформ»", "uk")
    assert events_of("Russia struck a substation in Sumy in the past 24 hours")


@pytest.mark.parametrize(
    ("language", "title", "text", "party"),
    [
        ("en", "Night in Sumy", "Governor of Sumy Artiukh spoke at noon. Russia struck a substation, he said.", "UA"),
        (
            "en",
            "Moscow says refinery was hit",
            "By its account drones flew in. Ukraine struck a substation, he added.",
            "RU",
        ),
        ("uk", "Зеленський сказав про Херсон", "Також, за його словами, росіяни вдарили по підстанції в Сумах.", "UA"),
        ("uk", "Зеленський сказав про Херсон", "Росіяни вдарили по підстанції в Сумах, додав він.", "UA"),
        ("ru", "Гладков сообщил о ночи", "По его словам, украинский дрон ударил по подстанции в Шебекино.", "RU"),
        ("ru", "Гладков сообщил о ночи", "Украинский дрон ударил по подстанции в Шебекино, добавил он.", "RU"),
    ],
)
def test_he_said_means_whoever_spoke_before(language: str, title: str, text: str, party: str) -> None:
    (claim,) = [one for one in events_of(title, language, text) if one.target.class_id == "substation"]
    assert {actor.party for actor in claim.claimants} == {party}
    full = f"{title}\n\n{text}"
    assert {full[start:end] for start, end in claim.spans["claimants"]} == {actor.name for actor in claim.claimants}


@pytest.mark.parametrize(
    ("language", "text", "unnamed"),
    [
        ("en", "Russia struck a substation in Sumy, the minister said", True),
        ("en", "Russia struck a substation in Sumy, the company said", True),
        ("en", "Russia struck a substation in Sumy, he said", True),
        ("en", "Russia struck a substation in Sumy, sources said", True),
        ("en", "Russia struck a substation in Sumy, residents said", False),
        ("en", "Russia struck a substation in Sumy, Zelenskyy said", False),
        ("uk", "Росія вдарила по підстанції в Сумах, повідомив міністр", True),
        ("uk", "Росія вдарила по підстанції в Сумах, повідомили місцеві", False),
        ("ru", "Россия ударила по подстанции в Сумах, сообщил министр", True),
        ("ru", "Россия ударила по подстанции в Сумах, сообщили очевидцы", False),
    ],
)
def test_who_is_neither_named_nor_of_a_known_side_is_marked(language: str, text: str, unnamed: bool) -> None:
    (claim,) = events_of(text, language)
    assert [actor.unnamed for actor in claim.claimants] == [unnamed]


@pytest.mark.parametrize(
    ("language", "text", "claimant", "attacker"),
    [
        ("en", "Peskov said Kyiv had violated the moratorium by attacking a power line in Bryansk region", "RU", "UA"),
        ("en", "Zelensky said Moscow had breached the truce by shelling a substation in Kherson", "UA", "RU"),
        ("en", "Lavrov says Ukraine broke the energy truce by striking a substation in Kursk region", "RU", "UA"),
        ("en", "Russia's Defence Ministry said Ukraine had carried out a drone attack on a substation", "RU", "UA"),
        ("uk", "Песков заявив, що Київ порушив мораторій, атакувавши підстанцію на Брянщині", "RU", "UA"),
        ("uk", "Зеленський сказав, що Москва порушила перемир'я, обстрілявши підстанцію в Херсоні", "UA", "RU"),
        ("ru", "Песков заявил, что Киев нарушил мораторий, атаковав подстанцию в Брянской области", "RU", "UA"),
        ("ru", "По подстанции в Курске ударила Украина, заявили в Кремле", "RU", "UA"),
        ("uk", "Росія звинувачує Україну в ударі по ГВС «Суджа», у Генштабі кажуть про провокацію", "RU", "UA"),
    ],
)
def test_who_is_said_to_have_broken_the_truce_does_not_say_so(
    language: str, text: str, claimant: str, attacker: str
) -> None:
    (claim,) = events_of(text, language)
    assert {actor.party for actor in claim.claimants} == {claimant}
    assert claim.attacker == attacker


@pytest.mark.parametrize(
    ("language", "text", "claimant"),
    [
        ("en", "Russian drones struck a substation in Sumy, said Kyiv on Monday", "UA"),
        ("en", "Russian drones struck a substation in Sumy, said Ukraine.", "UA"),
        ("uk", "Росія вдарила по підстанції в Сумах, заявив Київ у вівторок", "UA"),
        ("ru", "Украина ударила по подстанции в Курске, заявила Россия в ООН", "RU"),
    ],
)
def test_a_state_behind_said_is_who_said_so(language: str, text: str, claimant: str) -> None:
    (claim,) = events_of(text, language)
    assert {actor.party for actor in claim.claimants} == {claimant}


@pytest.mark.parametrize(
    ("language", "perspective", "text", "claimant"),
    [
        (
            "en",
            "RU",
            "Russian troops deliver strike on energy facility powering Ukrainian defense plant — ministry",
            "RU",
        ),
        ("en", "UA", "Russian troops strike a power plant beside a Russian-held village — defence ministry", "UA"),
        ("en", "RU", "Kiev's strike on an oil depot in Crimea did no harm — top brass", "RU"),
        ("en", None, "Ukrainian drone hit a substation in Bryansk region, the ministry said", "RU"),
        ("en", None, "Russian drones hit a substation in Sumy region, the ministry said", "UA"),
        ("en", "RU", "Russian drones hit a substation in Sumy region, Ukraine's Energy Ministry said", "UA"),
        ("ru", None, "ВСУ атаковали подстанцию в Брянской области — минобороны", "RU"),
        ("ru", "UA", "Россияне ударили по подстанции в Сумах, сообщили в минобороны", "UA"),
        ("ru", "UA", "Россияне ударили по подстанции в Сумах, сообщили в Минобороны РФ", "RU"),
        ("ru", "RU", "Украина атаковала подстанцию в Курской области, заявили в Генштабе", "RU"),
        ("ru", "RU", "Украина атаковала подстанцию в Курской области, заявили в Генштабе ВСУ", "UA"),
        ("uk", "UA", "Росіяни вдарили по підстанції в Сумах, повідомили в міністерстві", "UA"),
        ("uk", "RU", "Україна атакувала підстанцію в Курській області, повідомили в Міноборони", "RU"),
        ("uk", "RU", "Україна атакувала підстанцію в Курській області, повідомили в Міноборони України", "UA"),
    ],
)
def test_a_bare_ministry_speaks_for_the_side_of_its_outlet(
    language: str, perspective: str | None, text: str, claimant: str
) -> None:
    claims = events_of(text, language, None, perspective)
    assert claims
    assert {actor.party for claim in claims for actor in claim.claimants} == {claimant}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Governor Gladkov said a drone hit a substation in Shebekino", "Gladkov"),
        ("ru", "Губернатор Гладков сообщил, что дрон попал в подстанцию в Шебекино", "Гладков"),
        ("en", "The governor said a drone hit a substation in Shebekino", "governor"),
    ],
)
def test_a_title_and_a_name_are_one_voice(language: str, text: str, name: str) -> None:
    (claim,) = events_of(text, language)
    assert [actor.name for actor in claim.claimants] == [name]


@pytest.mark.parametrize(
    ("language", "text", "attacker", "claimants"),
    [
        ("en", "Russia accused of striking Kherson power plant", "RU", set()),
        ("en", "Ukraine blamed for attack on oil depot in Saratov", "UA", set()),
        ("ru", "ВСУ обвинили в обстреле подстанции в Токмаке", "UA", set()),
        ("ru", "Россию обвинили в ударе по ТЭЦ в Харькове", "RU", set()),
        ("uk", "Росію звинуватили в ударі по ТЕЦ у Харкові", "RU", set()),
        ("ru", "Дрон попал в подстанцию в Скадовске, Сальдо обвинил Украину", "UA", {"RU"}),
        ("ru", "Киев обвинил в ударе по подстанции в Сумах Россию", "RU", {"UA"}),
        ("ru", "Россияне обвинили Киев в ударе по подстанции в Шебекино", "UA", {"RU"}),
        ("uk", "Україна звинуватила в ударі по підстанції в Сумах росіян", "RU", {"UA"}),
    ],
)
def test_who_is_accused_says_nothing_and_is_accused_only(
    language: str, text: str, attacker: str, claimants: set[str]
) -> None:
    (claim,) = events_of(text, language)
    assert (claim.attacker, claim.stance) == (attacker, Stance.ALLEGED)
    assert {actor.party for actor in claim.claimants} == claimants


@pytest.mark.parametrize(
    ("language", "text", "claimant"),
    [
        ("uk", "За даними Генштабу РФ, українські дрони вдарили по підстанції в Курській області", "RU"),
        ("uk", "За даними Генштабу, українські дрони вдарили по підстанції в Курській області", "UA"),
        ("ru", "По данным украинской стороны, россияне ударили по подстанции в Одессе", "UA"),
        ("ru", "Российская сторона утверждает, что ВСУ ударили по подстанции в Белгородской области", "RU"),
        ("en", "Ukrainian drones hit a substation in Kursk region, the Russian General Staff said", "RU"),
        ("en", "Kremlin spokesman Dmitry Peskov said Ukraine struck a substation in Kursk region", "RU"),
    ],
)
def test_a_side_or_a_staff_of_a_named_country_speaks_for_it(language: str, text: str, claimant: str) -> None:
    (claim,) = events_of(text, language)
    assert [actor.party for actor in claim.claimants] == [claimant]


UKRAINIAN = ["пояснив", "додав", "додає", "інформує", "констатував", "зауважив", "прозвітував", "визнав", "підкреслив"]
RUSSIAN = ["пояснил", "информирует", "заметил", "отчитался", "передает", "признал"]
ENGLISH = [
    "explained",
    "specified",
    "clarified",
    "disclosed",
    "admitted",
    "stressed",
    "posted",
    "insisted",
    "recounted",
]
SAID = [
    *(("uk", f"Окупанти поцілили в підстанцію, {verb} Прокудін") for verb in UKRAINIAN),
    *(("ru", f"Дрон попал в подстанцию, {verb} Гладков") for verb in RUSSIAN),
    *(("en", f"A drone hit a substation, Gladkov {verb}") for verb in ENGLISH),
]


@pytest.mark.parametrize(("language", "text"), SAID)
def test_whoever_tells_it_in_whatever_verb_is_its_claimant(language: str, text: str) -> None:
    [claim] = claims_of(text, language)
    assert claim.stance is Stance.ALLEGED
    assert [actor.name for actor in claim.claimants] in (["Прокудін"], ["Гладков"], ["Gladkov"])


@pytest.mark.parametrize(
    ("language", "text", "name", "party"),
    [
        (
            "uk",
            "За словами начальника міської військової адміністрації, росіяни вдарили по підстанції в Одесі",
            "начальника міської військової адміністрації",
            "UA",
        ),
        ("en", "Russian drones hit a substation in Odesa, Ukraine's ambassador said", "Ukraine's ambassador", "UA"),
        ("en", "Drones hit a substation in Belgorod, Russia's envoy told the UN", "Russia's envoy", "RU"),
    ],
)
def test_envoys_and_heads_of_administrations_speak_for_their_side(
    language: str, text: str, name: str, party: str
) -> None:
    [claim] = claims_of(text, language)
    assert [(actor.name, actor.party) for actor in claim.claimants] == [(name, party)]
