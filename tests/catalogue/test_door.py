"""The strict door: what a file holds, or one clear mistake per fault, with file, line and field."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.catalogue.agreements import load_agreements
from monitor.catalogue.data import data_roots
from monitor.catalogue.door import MAX_BYTES, MAX_MISTAKES, AwareTime, Strict, read_yaml
from monitor.errors import ConfigurationError, Mistake
from monitor.model.reports import Language


class Item(Strict):
    when: AwareTime | None = None
    names: tuple[str, ...] = ()


class Form(Strict):
    title: str
    items: tuple[Item, ...] = ()
    anything: object = None


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def mistakes(path: Path) -> tuple[Mistake, ...]:
    with pytest.raises(ConfigurationError) as caught:
        read_yaml(path, Form)
    assert {mistake.file for mistake in caught.value.mistakes} == {str(path)}
    return caught.value.mistakes


def test_a_good_file_becomes_a_value(tmp_path: Path) -> None:
    path = write(tmp_path, "title: Перемир'я\nitems:\n  - {names: [a, b]}\n")

    assert read_yaml(path, Form) == Form(title="Перемир'я", items=(Item(names=("a", "b")),))


def test_a_byte_order_mark_is_no_part_of_the_first_field(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, b"\xef\xbb\xbftitle: a\n"), Form).title == "a"


@pytest.mark.parametrize("word", ["NO", "no", "yes", "on", "Off"])
def test_words_that_were_booleans_in_yaml_1_1_are_text(tmp_path: Path, word: str) -> None:
    assert read_yaml(write(tmp_path, f"title: {word}\n"), Form).title == word


@pytest.mark.parametrize(
    ("content", "line", "field", "message"),
    [
        ("titel: a\n", 1, "titel", "did you mean 'title'?"),
        ("# a comment\n\ntitle: a\ncolour: b\n", 4, "colour", "is not a field here"),
        ("items: []\n", 1, "title", "is missing"),
        ("title: [a]\n", 1, "title", "should be text"),
        ("title: a\nitems: b\n", 2, "items", "should be a list"),
        ("title: a\nitems:\n  - names: []\n  - 7\n", 4, "items.1", "name: value"),
        ("title: a\nitems:\n  - {}\n  - naems: [b]\n", 4, "items.1.naems", "did you mean 'names'?"),
        ("title: a\ntitle: b\n", 2, "title", "duplicate key"),
        ("title: a\nitems:\n  - {names: [], names: []}\n", 3, "items.0.names", "duplicate key"),
        ("- a\n", 1, "", "name: value"),
        ("title: a\n1: b\n", 2, "1", "should be text"),
        ("title: a\n---\ntitle: b\n", 2, "", "two documents"),
        ("%YAML 1.1\n---\ntitle: NO\n", 1, "", "directives"),
        ("# first\n\n%TAG ! x\n---\ntitle: a\n", 3, "", "directives"),
        ("title: !!python/object/apply:os.getcwd []\n", 1, "", "tags"),
        ("title: !local a\n", 1, "", "tags"),
        ("title: &a b\n", 1, "", "anchors"),
        ("title: a\nanything: *b\n", 2, "", "anchors"),
        ("title: a\nanything: &b [*b]\n", 2, "", "anchors"),
        ("title: a\nanything: {<<: 3}\n", 2, "", "merging"),
        ("title: a\n? {b: c}\n: d\n", 2, "", "unhashable"),
        ("title: a\nanything: [b\n", 3, "", "close it with ]"),
        ("title: a\n\tanything: b\n", 2, "", ""),
        ("title: a\nanything: " + "9" * 5000 + "\n", 2, "", "no value"),
        ('title: "\\ud83d"\n', 1, "title", "surrogate"),
        ('title: a\nanything:\n  - b\n  - "\\ud83d": c\n', 4, "anything.1", "surrogate"),
        ('title: "\\e[2J gone"\n', 1, "title", "U+001B"),
        ('title: a\nanything: "\\u202e"\n', 2, "anything", "U+202E"),
        (b"title: a\nanything: b\0c\n", 2, "", "U+0000"),
        (b"title: a\nanything: caf\xe9\n", 2, "", "UTF-8"),
        ("title: \u043f\n".encode("cp1251"), 1, "", "UTF-8"),
        (b"", None, "", "is empty"),
        (b"# nothing but a comment\n", None, "", "is empty"),
    ],
)
def test_every_fault_is_named_by_line_and_field(
    tmp_path: Path, content: str | bytes, line: int | None, field: str, message: str
) -> None:
    found = mistakes(write(tmp_path, content))

    assert (found[-1].line, found[-1].field) == (line, field)
    assert message in found[-1].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"2025-03-18T14:00Z"', datetime(2025, 3, 18, 14, 0, tzinfo=UTC)),
        ('"2025-03-18T17:00+03:00"', datetime(2025, 3, 18, 14, 0, tzinfo=UTC)),
        ("2025-03-18T17:00:00+03:00", datetime(2025, 3, 18, 14, 0, tzinfo=UTC)),
        # Kyiv's clocks went from +02:00 to +03:00 on 30 March 2025 at 01:00 UTC: the offset decides, not the place.
        ('"2025-03-30T02:59:59+02:00"', datetime(2025, 3, 30, 0, 59, 59, tzinfo=UTC)),
        ('"2025-03-30T04:00:00+03:00"', datetime(2025, 3, 30, 1, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_time_with_an_offset_becomes_utc(tmp_path: Path, text: str, expected: datetime) -> None:
    value = read_yaml(write(tmp_path, f"title: a\nitems:\n  - when: {text}\n"), Form)

    assert value.items[0].when == expected
    assert value.items[0].when.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"2025-03-18T14:00"', "no time zone"),
        ("2025-03-18T14:00:00", "no time zone"),
        ('"2025-03-18"', "no time zone"),
        ('"18 March"', "is not a time"),
        ("2025-02-30T14:00:00Z", "is not a time"),
        ("1742306400", "is not a time"),
        ('"0001-01-01T00:00+14:00"', "too far away"),
        ('"9999-12-31T23:59-14:00"', "too far away"),
    ],
)
def test_a_time_that_is_not_one_instant_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (found,) = mistakes(write(tmp_path, f"title: a\nitems:\n  - names: []\n    when: {text}\n"))

    assert (found.line, found.field) == (4, "items.0.when")
    assert message in found.message


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    content = 'titel: a\nitems:\n  - when: "2025-03-18"\n  - namse: []\n'

    found = {(mistake.line, mistake.field) for mistake in mistakes(write(tmp_path, content))}

    assert found == {(1, "titel"), (3, "items.0.when"), (4, "items.1.namse")}


def test_more_mistakes_than_a_person_can_use_are_counted(tmp_path: Path) -> None:
    content = "title: a\nitems:\n" + "  - 7\n" * (MAX_MISTAKES + 5)

    found = mistakes(write(tmp_path, content))

    assert len(found) == MAX_MISTAKES + 1
    assert found[-1].message == "and 5 more"


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    content = "title: a\na0: &a0 [x]\n" + "\n".join(levels) + "\n"

    (found,) = mistakes(write(tmp_path, content))

    assert found.line == 2


@pytest.mark.parametrize("content", ["title: " + "[" * 5000, "\n".join(" " * n + "a:" for n in range(400))])
def test_a_bomb_of_nesting_is_refused(tmp_path: Path, content: str) -> None:
    (found,) = mistakes(write(tmp_path, content))

    assert "nested" in found.message


def test_a_file_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    (found,) = mistakes(write(tmp_path, b"title: " + b"a" * MAX_BYTES))

    assert "larger than" in found.message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "No such file" in mistakes(tmp_path / "missing.yaml")[0].message
    assert "directory" in mistakes(tmp_path)[0].message


#: Pieces of YAML that fuzzing by single bytes would seldom find.
_PIECES = (
    *(
        "title: ",
        "items:",
        "when: ",
        "\n",
        "  ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "? ",
        ": ",
        "<<: ",
        "---",
        "#",
        "%",
        "|",
        ">",
    ),
    *("&a", "*a", "!!x", '"', "'", "\\ud83d", "\t", "\0", "\r", "\x85", "\u2028", "é", "1e9", "0x"),
    *("2025-03-30T03:30", "+03:00"),
)
_FILES = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))


def outcome(path: Path) -> Form | tuple[Mistake, ...]:
    try:
        return read_yaml(path, Form)
    except ConfigurationError as error:
        return error.mistakes


@given(content=_FILES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_value_or_mistakes_in_that_file(tmp_path: Path, content: str | bytes) -> None:
    path = write(tmp_path, content)

    result = outcome(path)

    if isinstance(result, Form):
        assert result.title.encode("utf-8", "strict") is not None
    else:
        assert result
        assert all(mistake.file == str(path) and mistake.message for mistake in result)


@pytest.mark.parametrize(
    ("content", "line", "mend"),
    [
        ("title: a\n\titems: []\n", 2, "indent with spaces"),
        ("title: a: b\n", 1, "in quotes"),
        ("title: a\nitems: [a, b\nanything: c\n", 3, "close it with ]"),
        ("title: {a: b\nitems: c\n", 2, "close them with }"),
        ('title: "a\nitems: b\n', 3, "close the quotes"),
        ("title:\n  - a\n items: []\n", 3, "begin it below its neighbours"),
        ("title: a\nitems\nanything: b\n", 3, "name: value"),
    ],
)
def test_what_is_no_yaml_is_told_with_how_to_mend_it(tmp_path: Path, content: str, line: int, mend: str) -> None:
    (mistake,) = mistakes(write(tmp_path, content))

    assert mistake.line == line
    assert mend in mistake.message


def test_a_name_that_may_not_stand_is_told_with_those_that_may(tmp_path: Path) -> None:
    class Named(Strict):
        words: dict[Language, str] = {}

    with pytest.raises(ConfigurationError) as caught:
        read_yaml(write(tmp_path, "words: {xx: a}\n"), Named)

    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.field) == (1, "words.xx")
    assert "'xx' may not stand here as a name: input should be 'uk', 'ru', 'en' or 'other'" in mistake.message


@pytest.mark.parametrize("kind", ["link to itself", "link to nothing", "pipe", "folder"])
def test_what_is_no_file_is_named_and_nothing_waits_for_it(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "rules/agreements"
    folder.mkdir(parents=True)
    path = folder / "river.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if kind == "link to itself" else folder / "gone.yaml")

    with pytest.raises(ConfigurationError, match=r"river\.yaml: (is not a file|cannot be read)"):
        load_agreements(data_roots(tmp_path))
