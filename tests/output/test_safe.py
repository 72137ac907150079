import pytest

from monitor.model.text import encodable, one_line, web_link
from monitor.output.safe import csv_cell
from tests.output.hostile import HOSTILE, harmful


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_a_cleaned_text_is_one_line_that_fools_nobody(text: str) -> None:
    cleaned = one_line(text)
    assert "\n" not in cleaned
    assert harmful(cleaned) == set()
    assert cleaned.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Удар по підстанції", "Удар по підстанції"),
        ("  two\r\n lines\t ", "two lines"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        (
            "don\u2019t \u2013 \U0001f525 \u05e9\u05dc\u05d5\u05dd",
            "don\u2019t \u2013 \U0001f525 \u05e9\u05dc\u05d5\u05dd",
        ),
        ("", ""),
    ],
)
def test_cleaning_keeps_what_people_write(text: str, expected: str) -> None:
    assert one_line(text) == expected


def test_a_cut_text_says_so_and_keeps_to_its_limit() -> None:
    assert one_line("abcdef", 4) == "abc…"
    assert one_line("abcd", 4) == "abcd"
    assert len(one_line("слово " * 100_000, 100)) <= 100


def test_what_cannot_be_encoded_is_replaced_and_the_rest_stays_verbatim() -> None:
    assert encodable("a\udc80b \x1b є") == "a?b \x1b є"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://outlet.example/a?b=c#d", True),
        ("http://outlet.example", True),
        ("https://суми.example/новини", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://outlet.example/", False),
        ("//outlet.example/", False),
        ("https://", False),
        ("https://[broken", False),
        ("https://outlet.example/a b", False),
        ("https://outlet.example/\u202egnp", False),
        ("https://outlet.example/\r\nSet-Cookie: x", False),
        ("https://outlet.example/" + "x" * 3_000, False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_shown_as_links(url: str | None, shown: bool) -> None:
    assert web_link(url) == (url if shown else None)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\n@", "＝", "\u200b="])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert csv_cell(f"{start}1+1").startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (-3.5, "-3.5"), (3, "3"), ("Sumy", "Sumy"), ("a=b", "a=b"), ("", "")]
)
def test_harmless_cells_and_numbers_stay_as_they_are(value: str | float | None, cell: str) -> None:
    assert csv_cell(value) == cell
