"""The form of `ceasefire read` is a promise (docs/read-format.md): it is held to a schema written from that page."""

import json
from datetime import UTC, datetime
from typing import Any

import jsonschema

from monitor.cli.reading import read_line
from tests.commands import CommandLine
from tests.parts import shipped_feeds, shipped_pipeline

TARGETS = [
    "power_plant", "nuclear_plant", "hydro_dam", "wind_solar", "substation", "power_line", "power_grid",
    "gas_production", "gas_processing", "gas_storage", "gas_metering", "gas_distribution", "gas_facility",
    "oil_refinery", "oil_depot", "oil_terminal", "oil_field", "pipeline", "pumping_station", "heating", "rail_power",
    "coal_mine", "energy_machinery", "energy",
]  # fmt: skip


def an_object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object with exactly these keys."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def a_list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
PARTY = {"type": "string", "pattern": "^[A-Z]{2,}$"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
PRECISION = {"enum": [1, 2, 3]}
ACTOR = an_object(name=TEXT, party=or_null(PARTY))
CLAIM = an_object(
    id=TEXT,
    act=TEXT,
    target=an_object(**{"class": {"type": "string", "pattern": "^[a-z_]+$"}, "name": or_null(TEXT)}),
    attacker=or_null(PARTY),
    attacker_basis={"enum": ["stated", "inferred", None]},
    claimants=a_list(ACTOR),
    denied_by=a_list(ACTOR),
    country=or_null({"type": "string", "pattern": "^[A-Z]{2}$"}),
    occupied_by=or_null({"type": "string", "pattern": "^([A-Z]{2,}|unknown)$"}),
    place=or_null(
        an_object(
            name=TEXT,
            geonameid=or_null({"type": "integer"}),
            lat=or_null({"type": "number", "minimum": -90, "maximum": 90}),
            lon=or_null({"type": "number", "minimum": -180, "maximum": 180}),
            precision=PRECISION,
        )
    ),
    event_time=or_null(an_object(**{"from": INSTANT, "to": INSTANT, "precision": PRECISION})),
    weapon=or_null(TEXT),
    quantity=or_null({"type": "integer"}),
    outcome={"enum": ["hit", "damaged", "fire", "outage", "debris", "intercepted", "unknown"]},
    stance={
        "enum": [
            "asserted",
            "alleged",
            "denied",
            "threatened",
            "negotiated",
            "hypothetical",
            "historical",
            "commentary",
        ]
    },
    confidence={"enum": ["high", "low"]},
    spans={"type": "object", "additionalProperties": {"type": "array", "items": SPAN, "minItems": 1}},
)
TALLY = an_object(
    **{
        "claimant": ACTOR,
        "accused": or_null(PARTY),
        "target": or_null(TEXT),
        "count": {"type": "integer", "minimum": 0},
        "kind": {"enum": ["increment", "cumulative"]},
        "from": or_null(INSTANT),
        "to": or_null(INSTANT),
        "span": SPAN,
    }
)
MATCH = an_object(
    claim=TEXT,
    agreement=TEXT,
    clause=TEXT,
    accused=PARTY,
    reading=TEXT,
    verdict={"enum": ["breach", "no breach", "undetermined"]},
    reasons={"type": "array", "items": TEXT, "minItems": 1},
)
ANSWER = an_object(
    id={"type": ["string", "integer"]}, claims=a_list(CLAIM), tallies=a_list(TALLY), matches=a_list(MATCH)
)
ANSWER["properties"]["skipped"] = TEXT

NOW = datetime(2025, 4, 2, 12, tzinfo=UTC)
PUBLISHED = "2025-04-02T10:00:00Z"
STRIKE = "Russian drones hit a power substation in Sumy overnight"
MORE = "The grid operator said that homes were left without power."
COUNT = "Russia's defence ministry said Ukraine attacked energy facilities 14 times in 24 hours"
ITEMS: list[dict[str, Any]] = [
    {"id": "title only", "title": STRIKE, "published": PUBLISHED},
    {"id": 7, "title": STRIKE, "text": MORE, "published": PUBLISHED},
    {"id": "undated", "title": STRIKE},
    {"id": "emoji", "title": f"⚡🔥 {STRIKE} 🇺🇦", "text": f"👩‍🚒💥 {STRIKE}. 😱", "published": PUBLISHED},
    {"id": "uk", "title": "Російські дрони вдарили по підстанції в Сумах", "published": PUBLISHED},
    {"id": "ru", "title": "Украинские беспилотники атаковали нефтебазу в Краснодарском крае", "published": PUBLISHED},
    {"id": "denial", "title": "Ukraine denied striking the Sudzha gas metering station", "published": PUBLISHED},
    {"id": "tally", "title": COUNT, "published": PUBLISHED},
    {"id": "other", "title": "Russische Drohnen treffen ein Umspannwerk", "language": "other", "published": PUBLISHED},
    {"id": "nothing", "title": "Grain harvest begins in the south", "text": "", "published": PUBLISHED},
    {"id": "spaces", "title": f"  {STRIKE}\t", "text": f"\n\n {STRIKE}.\r\n", "published": PUBLISHED},
    {"id": "hostile", "title": f"\u202e\x1b[31m{STRIKE}\x00", "published": PUBLISHED, "url": "javascript:1"},
]  # fmt: skip


def lines_of(*items: Any) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


def read(*items: Any) -> list[dict[str, Any]]:
    """Return the answers as the command gives them, without starting it: it takes seconds to load what it knows."""
    lines = lines_of(*items).splitlines()
    answers = [read_line(line, 1, shipped_pipeline(), shipped_feeds(), NOW) for line in lines]
    return [json.loads(json.dumps(answer)) for answer in answers]


def spans_of(answer: dict[str, Any]) -> list[tuple[str, list[int]]]:
    """Return every span of an answer with the name of its slot."""
    found = [(slot, span) for claim in answer["claims"] for slot, spans in claim["spans"].items() for span in spans]
    return found + [("tally", tally["span"]) for tally in answer["tallies"]]


def full_text(item: dict[str, Any]) -> str:
    return f"{item['title']}\n\n{item['text']}" if item.get("text") else str(item["title"])


def test_every_answer_has_the_promised_form_and_points_into_its_text(ceasefire: CommandLine) -> None:
    done = ceasefire("read", stdin=lines_of(*ITEMS))
    assert done.status == 0, done.err
    assert [answer["id"] for answer in done.lines] == [item["id"] for item in ITEMS]
    for item, answer in zip(ITEMS, done.lines, strict=True):
        jsonschema.validate(answer, ANSWER)
        text = full_text(item)
        for slot, (start, end) in spans_of(answer):
            assert 0 <= start < end <= len(text), (item["id"], slot)
            assert text[start:end].strip(), (item["id"], slot)
        claims = {claim["id"] for claim in answer["claims"]}
        assert len(claims) == len(answer["claims"])
        assert {match["claim"] for match in answer["matches"]} <= claims


def test_spans_count_code_points_not_bytes_nor_utf16_units() -> None:
    """Each emoji before the words is one code point, but four bytes and two UTF-16 units."""
    plain, moved = read(
        {"id": 1, "title": STRIKE, "published": PUBLISHED, "language": "en"},
        {"id": 2, "title": f"💥🔥 {STRIKE}", "published": PUBLISHED, "language": "en"},
    )
    assert plain["claims"]
    words, moved_words = ([one for one in spans_of(it) if one[0] != "sentence"] for it in (plain, moved))
    assert moved_words == [(slot, [start + 3, end + 3]) for slot, (start, end) in words]


def test_each_slot_that_is_filled_from_the_text_says_from_which_words() -> None:
    [answer] = read(ITEMS[0])
    [claim] = answer["claims"]
    words = {slot: [STRIKE[a:b] for a, b in spans] for slot, spans in claim["spans"].items()}
    assert claim["target"]["class"] == "substation"
    assert any("substation" in one for one in words["target"])
    assert claim["attacker"] == "RU"
    assert claim["attacker_basis"] == "stated"
    assert any("Russian" in one for one in words["attacker"])
    assert any("hit" in one for one in words["act"])
    assert claim["place"]["name"] == "Sumy"
    assert words["place"] == ["Sumy"]
    assert any("overnight" in one for one in words["event_time"])


def test_a_claim_is_matched_with_every_reading_of_the_clause_that_binds_the_attacker() -> None:
    [answer] = read(ITEMS[0])
    verdicts = {match["reading"]: match["verdict"] for match in answer["matches"]}
    assert verdicts.keys() == {"kremlin", "kyiv", "white-house"}
    assert verdicts["kremlin"] == verdicts["kyiv"] == "breach"
    assert {match["accused"] for match in answer["matches"]} == {"RU"}


def test_without_a_publication_time_nothing_is_a_breach() -> None:
    [answer] = read({"id": "1", "title": STRIKE})
    assert answer["claims"]
    of_the_pause = [match for match in answer["matches"] if match["agreement"] == "energy-pause-2025"]
    assert {match["verdict"] for match in of_the_pause} == {"undetermined"}
    # What the terms of another agreement do not cover, they cover at no time.
    assert "breach" not in {match["verdict"] for match in answer["matches"]}


def test_a_text_in_another_language_is_marked_as_not_read() -> None:
    [answer] = read({"id": "1", "title": "Russische Drohnen treffen ein Umspannwerk", "language": "other"})
    assert answer["claims"] == []
    assert "language" in answer["skipped"]


def test_the_promised_target_classes_all_exist() -> None:
    assert set(TARGETS) <= shipped_pipeline().classes.keys()


BROKEN = [
    ('{"id": "a", "title":', None, "not JSON"),
    ("[1, 2]", None, "valid"),
    ('"text"', None, "valid"),
    ('{"title": "no id"}', None, "id"),
    ('{"id": "b"}', "b", "title"),
    ('{"id": "c", "title": ""}', "c", "title"),
    ('{"id": "d", "title": 5}', "d", "title"),
    ('{"id": "e", "title": "t", "published": "yesterday"}', "e", "published"),
    ('{"id": "f", "title": "t", "published": "2025-04-02T10:00:00"}', "f", "published"),
    ('{"id": "g", "title": "t", "language": "klingon"}', "g", "language"),
    ('{"id": "h", "title": "t", "body": "t"}', "h", "body"),
    ('{"id": "i", "title": "\\ud83d"}', "i", "title"),
    ('{"id": "j", "title": "\udcff"}', "j", "title"),
    ("[" * 100_000, None, "not JSON"),
    ('{"id": {"deep": 1}, "title": "t"}', None, "id"),
]


def test_each_bad_line_gives_an_error_and_the_others_are_still_answered(ceasefire: CommandLine) -> None:
    good = json.dumps({"id": "good", "title": "Grain harvest begins"})
    done = ceasefire("read", stdin=f"{good}\n\n" + "".join(f"{line}\n" for line, _, _ in BROKEN) + good)
    assert done.status == 1
    first, *answers, last = done.lines
    assert first == last == {"id": "good", "claims": [], "tallies": [], "matches": []}
    for number, ((line, key, words), answer) in enumerate(zip(BROKEN, answers, strict=True), start=3):
        assert answer.keys() == {"id", "error"}, line[:80]
        assert answer["id"] == key
        assert f"line {number}:" in answer["error"]
        assert words in answer["error"]
    assert f"{len(BROKEN)} line(s) could not be read" in done.err


def test_the_same_lines_give_the_same_answers_from_a_file_and_from_standard_input(ceasefire: CommandLine) -> None:
    path = ceasefire.file("in.jsonl", lines_of(*ITEMS))
    assert ceasefire("read", path).lines == ceasefire("read", stdin=lines_of(*ITEMS)).lines == read(*ITEMS)


def test_explain_shows_the_words_that_decided(ceasefire: CommandLine) -> None:
    done = ceasefire("read", "--explain", f"{STRIKE}\x1b[2J", "--published", PUBLISHED)
    assert done.status == 0
    assert "substation" in done.out
    assert "breach" in done.out
    assert "\x1b" not in done.out
