"""What has the words of a strike and is none: each beside a twin that is one."""

import pytest

from monitor.model.claims import Outcome
from tests.extraction.reading import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # a strike of workers
        ("en", "Workers at the Zaporizhzhia power plant strike over unpaid wages"),
        ("en", "Strike at Kryvyi Rih power plant enters third day as miners demand pay"),
        ("en", "Staff strike shuts the oil refinery in Saratov"),
        ("uk", "Страйк на ТЕЦ у Кривому Розі: працівники вимагають зарплату"),
        ("ru", "Забастовка на электростанции в Кривом Роге: рабочие требуют зарплату"),
        # passed, missed
        ("en", "A drone flew past a substation near Sumy and hit a barn, the governor said"),
        ("en", "A Russian drone missed the substation and struck a farmhouse in Sumy region"),
        ("uk", "Дрон пролетів повз підстанцію й упав у полі"),
        ("ru", "Беспилотник пролетел мимо подстанции и упал в поле"),
        # made up
        ("en", "Film review: 'Blackout' follows engineers after a missile strike on a power plant in Kharkiv"),
        ("en", "In the novel a Russian missile hits the Kyiv hydroelectric plant"),
        ("en", "Fake video claims that Russia bombed a power plant in Odesa, fact-checkers say"),
        ("en", "Video of a strike on an Odesa power plant is fake, fact-checkers find"),
        ("uk", "У романі ракета влучає в Київську ГЕС"),
        ("uk", "Фейк: відео удару по ТЕЦ в Одесі зняте у 2022 році"),
        ("ru", "В сериале ракета попадает в ТЭЦ в Одессе"),
        ("ru", "Фейк: видео удара по ТЭЦ в Одессе снято в 2022 году"),
        # talk about talk
        ("en", "Russia accuses Ukraine of accusing it of striking a substation in Sumy"),
        ("uk", "Росія звинувачує Україну в тому, що та звинуватила її в ударі по підстанції"),
        # a figure of speech
        ("uk", "Удар по бюджету: росія втрачає доходи від НПЗ"),
        ("uk", "Удар по гаманцю: тарифи на газ зростуть"),
        ("ru", "Удар по бюджету: Россия теряет доходы от НПЗ"),
        ("ru", "Удар по нефтяной отрасли: Минфин недосчитался доходов НПЗ"),
        # weather beside a strike on something else
        ("en", "Russia struck warehouses in Kharkiv; power cut in the district was caused by a storm"),
        ("uk", "У Сумах негода знеструмила три райони, а обстріл пошкодив склад"),
        ("uk", "Негода залишила без світла 20 сіл; вночі дрони влучили у склад у Сумах"),
        ("ru", "В Сумах непогода обесточила три района, а обстрел повредил склад"),
        ("en", "Russia struck Kharkiv, a city whose power plant was destroyed in 2024, killing two"),
        # a sentence of a court, a charge
        ("en", "Kyiv serves suspicion on the general behind an attack on a dam near Kherson"),
        ("en", "Police say they foiled an arson at a substation in Rivne"),
        ("ru", "Следователи предъявили обвинение офицеру за удар по подстанции в Курске"),
        ("uk", "Слідчі висунули обвинувачення офіцерові за удар по підстанції в Сумах"),
        ("ru", "Жителю Брянска дали 12 лет за поджог подстанции"),
        ("uk", "Мешканець Сум отримав 10 років за підрив лінії електропередачі"),
        # somebody drove into it
        ("uk", "Вантажівка протаранила підстанцію в Полтаві"),
        ("ru", "Легковушка врезалась в трансформаторную подстанцию в Туле"),
        ("en", "Lorry rammed into a substation in Poltava, drivers hurt"),
        # what is for the damaged
        ("uk", "Литва надіслала Україні обладнання для зруйнованих підстанцій"),
        ("ru", "Минэнерго закупит трансформаторы для поврежденных подстанций"),
        ("en", "Norway sends Ukraine transformers for damaged substations"),
        # a long time of them
        ("en", "Ukrainians mark 900 days of attacks on their grid"),
        # nothing was damaged
        ("en", "Russia shoots down 40 drones in the night, no damage done to energy facilities"),
        ("en", "Missiles kill three in Dnipro, electricity supply unaffected"),
        ("ru", "Силы ПВО отразили налет на Воронеж, на предприятиях ТЭК разрушений нет"),
    ],
)
def test_no_event_on_energy_is_read(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Workers at the Trypilska power plant were hurt when Russia struck it with missiles"),
        ("en", "Drone strike shuts the oil refinery in Saratov"),
        ("uk", "Удар по ТЕЦ у Кривому Розі: працівники в укритті"),
        ("en", "A drone flew past a barn near Sumy and hit a substation, the governor said"),
        ("ru", "Беспилотник пролетел мимо склада и упал на подстанцию"),
        ("ru", "В Рыльске открыли пункт для пострадавших после удара по подстанции"),
        ("uk", "У Ніжині розгорнули пункти обігріву для постраждалих від удару по ТЕЦ"),
        ("uk", "Дрон врізався в підстанцію в Полтаві"),
        ("ru", "Подстанцию в Туле протаранил беспилотник"),
        ("uk", "У Дружківці після обстрілу немає ні світла, ні газу"),
        ("ru", "После обстрела в Горловке нет ни света, ни газа"),
        ("uk", "Під обстріл потрапила газова магістраль у Сумському районі"),
        ("ru", "Россияне опять лупят по Сумам, гаснет свет"),
        ("uk", "Удар по Шостці: дві вулиці без напруги"),
        ("uk", "Мережі Сумиобленерго за ніч зазнали трьох ударів"),
        ("en", "A film crew saw Russia hit the Kyiv hydroelectric plant with a missile"),
        ("en", "Video shows a Russian missile hitting a power plant in Odesa"),
        ("en", "Russia accuses Ukraine of striking a substation in Sudzha"),
        ("uk", "Удар по НПЗ: бюджет росії втрачає доходи"),
        ("ru", "Удар по НПЗ в Рязани ударил и по бюджету"),
        ("en", "Russia struck Kharkiv with drones; power was cut in two districts"),
        ("uk", "У Сумах обстріл знеструмив три райони"),
        ("ru", "В Сумах обстрел обесточил три района"),
    ],
)
def test_its_twin_is_read_as_a_strike(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Air defence shot down all drones heading for the Odesa power plant; there was no damage"),
        ("en", "All missiles aimed at the Kharkiv thermal plant were intercepted, no damage reported"),
        ("uk", "ППО збила всі дрони, що летіли на Кременчуцький НПЗ, пошкоджень немає"),
        ("ru", "ПВО сбила все дроны, летевшие к Новокуйбышевскому НПЗ, повреждений нет"),
    ],
)
def test_damage_that_did_not_come_about_is_no_outcome(language: str, text: str) -> None:
    assert {claim.outcome for claim in events_of(text, language)} <= {Outcome.INTERCEPTED}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Air defence shot down most drones, but one damaged the Odesa power plant"),
        ("uk", "ППО збила дрони, але один пошкодив Кременчуцький НПЗ"),
        ("ru", "ПВО сбила дроны, но один повредил Новокуйбышевский НПЗ"),
    ],
)
def test_damage_beside_an_interception_is_the_outcome(language: str, text: str) -> None:
    assert Outcome.DAMAGED in {claim.outcome for claim in events_of(text, language)}


def test_two_words_for_one_facility_make_one_claim() -> None:
    assert len(events_of('ЗСУ знову атакували вузол нафтопроводу "Дружба" в Росії', "uk")) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Губернатор: удара по подстанции не было"),
        ("uk", "У Генштабі кажуть, що удару по нафтобазі не було"),
        ("en", "The strike on the power plant never happened, the governor said"),
    ],
)
def test_a_strike_that_was_not_is_none(language: str, text: str) -> None:
    assert not events_of(text, language)


def test_what_followed_a_strike_may_be_missing() -> None:
    assert events_of("После удара по подстанции в Сумах света не было", "ru")


def test_a_drone_called_lightning_is_no_weather() -> None:
    assert events_of("«Молния» попала в трансформатор подстанции в Харькове, сообщил Терехов: это дрон", "ru")


def test_routes_that_are_cut_off_are_no_outage() -> None:
    assert not events_of("Drones of Battlegroup North hit positions, cutting off ammunition supply routes")
    assert events_of("Drones cut two high-voltage lines in Belgorod region")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Had Russia struck the substation in Sumy, half the city would have been dark"),
        ("en", "Were Russian drones to hit the Odesa power plant, the port would stop"),
        ("uk", "Якби росіяни вдарили по підстанції в Сумах, місто лишилося б без світла"),
        ("en", "Reports that Russian drones hit the Sumy substation turned out to be false"),
        ("en", "Russia strikes a deal on a power plant in Kursk"),
        ("en", "Russian ministry: no Ukrainian drones attacked refineries overnight"),
    ],
)
def test_what_was_supposed_disproved_or_agreed_did_not_happen(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Відключення — наслідок попередніх російських атак на підстанції"),
        ("uk", "Через російські удари енергосистема Сумщини працює в напруженому режимі"),
        ("ru", "Графики отключений ввели из-за предыдущих ударов по подстанциям"),
        ("ru", "Целью был подрыв подстанции в Подмосковье, сказано в приговоре"),
        ("ru", "Песков объяснил удары ВСУ по подстанциям неразберихой"),
        ("uk", "Метою був підрив підстанції в Одесі, йдеться у вироку"),
    ],
)
def test_earlier_strikes_aims_and_explanations_are_no_new_strike(language: str, text: str) -> None:
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Після атаки дронів у Сумах відсутнє світло"),
        ("uk", "Через ворожу атаку місто Суми не отримує електроенергію"),
        ("ru", "Из-за дронов тысяча жителей Шебекино потеряла доступ к электричеству"),
        ("ru", "Специалисты устраняют последствия атаки дрона, из-за которой два села под Курском остались без света"),
        ("en", "After a drone strike half of Sumy is not receiving electricity"),
    ],
)
def test_a_supply_that_does_not_reach_people_after_an_attack_is_an_outage(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("en", "Ukraine calls for a UN meeting after Russian strike on Kyiv power plant", "RU"),
        ("uk", "МЗС закликає скликати Радбез після російського удару по ТЕЦ у Харкові", "RU"),
        ("ru", "Лавров призвал США отреагировать после атаки ВСУ на нефтебазу в Брянске", "UA"),
        ("en", "Minister calls for more power imports amid new Russian strikes on energy facilities", "RU"),
    ],
)
def test_what_is_asked_for_is_one_thing_and_the_strike_in_view_of_which_another(
    language: str, text: str, attacker: str
) -> None:
    assert {claim.attacker for claim in events_of(text, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kyiv proposes a truce after months of strikes on power plants"),
        ("en", "Turkey urges both sides to agree after a proposal to halt strikes on power plants"),
        ("uk", "Президент запропонував припинити удари по енергетиці після розмови з Вашингтоном"),
        ("ru", "Кремль предложил мораторий на удары по энергетике после звонка из Вашингтона"),
    ],
)
def test_a_proposal_about_strikes_is_none_in_view_of_what_ever_it_comes(language: str, text: str) -> None:
    assert not events_of(text, language)


def test_thousands_of_people_are_no_campaign_but_thousands_of_strikes_are() -> None:
    assert events_of("Hundreds of thousands of homes in Kyiv without power after Russian strikes")
    assert not events_of("Ukraine has lived through thousands of strikes on its power plants")


@pytest.mark.parametrize(
    "text",
    [
        "Security service unmasks mole who directed missiles at power plants",
        "Woman who helped Russia hit a thermal plant in Kharkiv gets 12 years",
        "Agents recruited via Telegram to torch substations, says FSB",
        "SBU exposes a spy ring that sent drones to substations",
    ],
)
def test_those_who_were_found_out_make_no_new_strike(text: str) -> None:
    assert not events_of(text)


def test_years_without_power_and_exposed_pipes_are_no_trial() -> None:
    assert events_of("Russian drones hit substation, village faces third winter without power")
    assert events_of("Russian strike on pumping station exposes gas network of Sumy")


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine targets energy independence by 2030",
        "EU targets Russian energy in new package",
        "Kyiv hit by rise in energy prices",
    ],
)
def test_what_is_aimed_at_in_trade_and_policy_is_not_struck(text: str) -> None:
    assert not events_of(text)


def test_a_headline_that_says_what_a_party_is_to_do_reports_no_strike_and_what_drones_were_used_for_does() -> None:
    assert not events_of("Kyiv to strike Russian refineries if truce fails")
    assert not events_of("Russia to hit Ukrainian power plants again, Kremlin says")
    assert {claim.attacker for claim in events_of("Ukraine used drones to strike a Russian refinery overnight")} == {
        "UA"
    }
