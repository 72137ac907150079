"""Announced counts are tallies; counts of targets, weapons and people are not."""

import pytest

from monitor.model.claims import Tally, TallyKind
from monitor.model.reports import Language
from tests.builders import a_report, a_source, at
from tests.extraction.reading import events_of, the_reader


def tallies(language: str, title: str, text: str | None = None, perspective: str | None = None) -> tuple[Tally, ...]:
    report = a_report(
        title,
        text=text,
        language=Language(language),
        published=at("2025-04-05T10:00"),
        source=a_source(perspective=perspective),
    )
    return the_reader().read(report).tallies


COUNTS = [
    ("en", "Russia's Defence Ministry: Ukraine attacked energy facilities 14 times in the past 24 hours", 14, "UA"),
    ("en", "Ukraine counts five Russian strikes on substations in 24 hours", 5, "RU"),
    ("uk", "За добу російські війська завдали шести ударів по енергооб'єктах", 6, "RU"),
    ("uk", "Росіяни 11 разів за добу атакували енергетичну інфраструктуру", 11, "RU"),
    ("ru", "Минобороны РФ: за сутки ВСУ 14 раз атаковали объекты энергетики", 14, "UA"),
    ("ru", "ВСУ нанесли восемь ударов по энергообъектам за минувшие сутки", 8, "UA"),
]


@pytest.mark.parametrize(("language", "title", "count", "accused"), COUNTS)
def test_a_count_of_a_day_is_an_increment(language: str, title: str, count: int, accused: str) -> None:
    (tally,) = tallies(language, title)
    assert (tally.count, tally.kind, tally.accused) == (count, TallyKind.INCREMENT, accused)
    assert tally.start is not None
    assert tally.end is not None
    assert (tally.end - tally.start).days <= 2


@pytest.mark.parametrize(
    ("language", "title", "count"),
    [
        ("en", "Russia has violated the energy truce more than 30 times since March 25, Kyiv says", 30),
        ("uk", "Від 18 березня Росія понад 30 разів порушила енергетичне перемир'я", 30),
        ("ru", "С 18 марта Украина более 60 раз нарушила энергетическое перемирие, заявил МИД России", 60),
    ],
)
def test_a_count_from_the_beginning_is_cumulative(language: str, title: str, count: int) -> None:
    (tally,) = tallies(language, title)
    assert (tally.count, tally.kind) == (count, TallyKind.CUMULATIVE)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Ukraine counts more than 30 breaches of the energy truce"),
        ("en", "Kyiv records three new violations of the energy truce"),
        ("uk", "Україна зафіксувала понад 30 порушень енергетичного перемир'я"),
        ("ru", "Украина насчитала более 30 нарушений энергетического перемирия"),
    ],
)
def test_who_counts_breaches_has_not_committed_them(language: str, title: str) -> None:
    (tally,) = tallies(language, title)
    assert (tally.claimant.party, tally.accused) == ("UA", "RU")


def test_the_claimant_is_who_announces_it() -> None:
    (tally,) = tallies("ru", "Минобороны РФ: за сутки ВСУ 14 раз атаковали объекты энергетики")
    assert tally.claimant.party == "RU"


def test_the_span_covers_number_and_what_it_counts() -> None:
    title = "Ukraine counts five Russian strikes on substations in 24 hours"
    (tally,) = tallies("en", title)
    assert title[slice(*tally.span)] == "five Russian strikes"


def test_a_count_repeated_in_the_text_is_one_tally() -> None:
    title = "Ukraine attacked energy facilities 14 times in 24 hours"
    assert (
        len(tallies("en", title, "Ukraine attacked Russian energy facilities 14 times in 24 hours, Moscow said.")) == 1
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drones hit ten refineries in March"),
        ("en", "Russia fired 71 missiles and 450 drones at power plants in 24 hours"),
        ("en", "Two strikes on a substation in Sumy on Tuesday"),
        ("uk", "Унаслідок удару по підстанції за добу постраждали 14 людей"),
        ("ru", "За сутки сбито 14 беспилотников над нефтебазой"),
        ("en", "Russia shelled Nikopol 14 times in 24 hours"),
        ("uk", "15 квітня обстрілами пошкоджено трансформатори в Миколаївській області"),
    ],
)
def test_other_numbers_are_no_tally(language: str, text: str) -> None:
    assert tallies(language, text) == ()


def test_a_count_without_a_date_has_no_interval() -> None:
    report = a_report("Ukraine attacked energy facilities 14 times, Moscow says", published=None)
    (tally,) = the_reader().read(report).tallies
    assert (tally.count, tally.start, tally.end) == (14, None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Moscow says Ukraine attacked its energy facilities 14 times in a day"),
        ("en", "Ukraine counts more than 30 breaches of the energy truce"),
        ("en", "Russia says Ukraine carried out six attacks on energy infrastructure in 24 hours"),
        (
            "en",
            "Ukraine attacked Russian energy facilities in Bryansk, Belgorod and Kherson regions six times over "
            "24 hours, Moscow says",
        ),
        ("ru", "Минобороны: за сутки ВСУ шесть раз атаковали объекты энергетики РФ"),
        ("ru", "Киев за сутки 14 раз атаковал энергообъекты, заявили в Минобороны"),
        ("ru", "Украина нарушила энергетическое перемирие более 30 раз, заявил МИД"),
        ("uk", "Росія понад 30 разів порушила енергетичне перемир'я, заявив Сибіга"),
        ("uk", "За добу Росія шість разів атакувала енергооб'єкти України"),
    ],
)
def test_a_count_is_no_event(language: str, text: str) -> None:
    assert tallies(language, text)
    assert not events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia shelled the Kherson thermal power plant five times in 24 hours, the governor said"),
        ("uk", "За добу росіяни п'ять разів обстріляли Херсонську ТЕЦ"),
        ("ru", "За сутки ВСУ пять раз обстреляли подстанцию в Горловке"),
    ],
)
def test_a_count_of_strikes_on_one_object_tells_of_them(language: str, text: str) -> None:
    assert events_of(text, language)


@pytest.mark.parametrize(
    ("language", "text", "accused"),
    [
        ("uk", "За добу Росія шість разів атакувала енергооб'єкти України", "RU"),
        ("ru", "За сутки Украина 14 раз атаковала объекты энергетики России", "UA"),
        ("en", "In 24 hours Ukraine attacked energy facilities in Russia six times", "UA"),
    ],
)
def test_a_count_accuses_the_subject_of_its_verb(language: str, text: str, accused: str) -> None:
    (tally,) = tallies(language, text)
    assert tally.accused == accused


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Russia accuses Ukraine of carrying out 6 new strikes on energy infrastructure", 6),
        ("Kyiv accuses Moscow of seven attacks on energy facilities", 7),
        ("Moscow says Kyiv hit energy sites 14 times in the last 24 hours, despite a moratorium", 14),
        (
            "Russia has recorded more than 120 strikes by Ukrainian forces on its energy since the moratorium began",
            120,
        ),
        ("Russia accuses Ukraine of 80 breaches of the energy truce, while Kyiv denies striking refineries", 80),
    ],
)
def test_an_accusation_of_many_strikes_or_a_count_since_a_truce_is_a_tally(text: str, count: int) -> None:
    [tally] = tallies("en", text)
    assert tally.count == count


@pytest.mark.parametrize(
    "text",
    [
        "Since the start of the full-scale invasion DTEK power plants have been attacked over 190 times",
        "Russia has attacked energy facilities 300 times since March 2022",
        "Since the beginning of the year the enemy has attacked gas facilities more than 20 times",
    ],
)
def test_a_count_over_all_of_the_war_is_a_statistic_and_no_tally(text: str) -> None:
    assert not tallies("en", text)
