"""For people who add words: what `read --explain` and `vocabulary` tell them."""

import json
from pathlib import Path

import pytest

from tests.commands import CommandLine
from tests.installation import CHECKOUT

PUBLISHED = "2025-04-02T12:00Z"


def explain(ceasefire: CommandLine, text: str, language: str = "en") -> str:
    done = ceasefire("read", "--explain", text, "--language", language, "--published", PUBLISHED)
    assert done.status == 0, done.err
    return done.out


def targets(language: str = "en") -> str:
    return (CHECKOUT / f"rules/vocabulary/{language}/targets.yaml").read_text(encoding="utf-8")


def with_entry(text: str, entry: str) -> str:
    """Return a vocabulary file with one more entry, as a person would put it in."""
    head, mark, examples = text.partition("\nexamples:")
    return f"{head.rstrip()}\n{entry}{mark}{examples}"


SWITCHYARD = "  - id: mast\n    role: target\n    class: substation\n    words: |\n      frobnicator~\n"


class TestExplain:
    def test_names_each_word_that_fired_with_its_role_and_entry(self, ceasefire: CommandLine) -> None:
        out = explain(ceasefire, "Russian drones hit a substation in Sumy")
        rows = [line.split() for line in out.splitlines()]
        assert ["target", "targets/substation", "substation"] in [row[:3] for row in rows]
        assert ["weapon", "acts/drone", "drones"] in [row[:3] for row in rows]

    def test_shows_the_frame_and_the_claim_it_became(self, ceasefire: CommandLine) -> None:
        out = explain(ceasefire, "Russian drones hit a substation in Sumy")
        assert 'frame: "hit" (acts/strike-verb) -> "substation" (targets/substation)' in out
        assert "    claim explained.1/1\n" in out
        assert "claim explained.1/1: asserted, hit, confidence high" in out

    def test_names_the_words_that_took_a_claim_back(self, ceasefire: CommandLine) -> None:
        out = explain(ceasefire, "Ukraine denied striking a gas distribution station in Belgorod region")
        assert 'stance denied, because of "denied" (denials/denying)' in out

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("Parliament votes on a budget", "no frame: it names nothing that can be struck"),
            ("New substation opens in Lviv", "no frame: it names an object, and no attack"),
            ("Fire at a substation in Lviv", "no frame: acts/fire shows an attack only beside"),
        ],
    )
    def test_says_why_there_is_no_claim(self, ceasefire: CommandLine, text: str, why: str) -> None:
        out = explain(ceasefire, text)
        assert why in out
        assert out.endswith("no claim, no tally\n")

    def test_says_when_the_language_is_not_read(self, ceasefire: CommandLine) -> None:
        assert "language: other (language not read)" in explain(ceasefire, "Drohnen treffen Umspannwerk", "other")

    def test_prints_no_escape_sequence_of_the_text(self, ceasefire: CommandLine) -> None:
        out = explain(ceasefire, "Russian drones \x1b[2J hit a substation\u202e in Sumy")
        assert not set(out) & {"\x1b", "\u202e"}


class TestCheck:
    def test_the_shipped_files_are_right(self, ceasefire: CommandLine) -> None:
        done = ceasefire("vocabulary", "check")
        assert (done.status, done.out) == (0, "")
        assert "0 of them wrong" in done.err

    def test_a_mistake_is_named_by_file_and_line(self, ceasefire: CommandLine) -> None:
        text = with_entry(targets(), SWITCHYARD.replace("substation", "spaceship"))
        path = ceasefire.own("rules/vocabulary/en/targets.yaml", text)
        line = text[: text.index("spaceship")].count("\n") + 1
        done = ceasefire("vocabulary", "check")
        assert done.status == 1
        assert f"{path}:{line}:" in "".join(done.err.split("\n"))
        assert "spaceship" in done.err

    @pytest.mark.parametrize(
        ("example", "problem"),
        [
            (
                "{text: A new frobnicator, finds: [targets/substation]}",
                "does not find targets/substation; it finds targets/mast",
            ),
            ("{text: A new frobnicator, finds: [], never: [targets/mast]}", "finds targets/mast in 'frobnicator'"),
            ("{text: A new frobnicator, finds: [targets/flagpole]}", "names targets/flagpole, which is no entry"),
        ],
    )
    def test_an_example_that_comes_out_otherwise_is_shown(
        self, ceasefire: CommandLine, example: str, problem: str
    ) -> None:
        text = f"{with_entry(targets(), SWITCHYARD).rstrip()}\n  - {example}\n"
        ceasefire.own("rules/vocabulary/en/targets.yaml", text)
        done = ceasefire("vocabulary", "check")
        assert done.status == 1
        assert "en/targets.yaml, example" in done.out
        assert problem in done.out


class TestDiff:
    LINES = (
        '{"id": "a", "title": "Russian drones hit a frobnicator in Sumy"}\n'
        '{"id": "b", "title": "Russian drones hit a substation in Sumy"}\n'
    )

    @pytest.fixture
    def folder(self, ceasefire: CommandLine) -> Path:
        """Return a folder of the user's with one word more than the built-in files."""
        return ceasefire.file("mine/rules/vocabulary/en/targets.yaml", with_entry(targets(), SWITCHYARD)).parents[3]

    def test_a_new_word_shows_the_texts_that_gain_a_claim(self, ceasefire: CommandLine, folder: Path) -> None:
        file = ceasefire.file("texts.jsonl", self.LINES)
        done = ceasefire("vocabulary", "diff", "built-in", folder, file)
        assert done.status == 0, done.err
        first, change, *_, total, claims = done.out.splitlines()
        assert first == "a  Russian drones hit a frobnicator in Sumy"
        assert change.startswith('  + "hit" on "frobnicator": stance asserted, class substation')
        assert total == "1 of 2 texts are read otherwise"
        assert claims == "claims: 0 changed, 1 gained, 0 lost"

    def test_the_other_way_round_the_claim_is_lost(self, ceasefire: CommandLine, folder: Path) -> None:
        file = ceasefire.file("texts.jsonl", self.LINES)
        done = ceasefire("vocabulary", "diff", folder, "built-in", file, "--json")
        (answer,) = done.lines
        assert (answer["id"], answer["gained"]) == ("a", [])
        assert answer["lost"][0]["words"] == {"act": "hit", "target": "frobnicator"}

    def test_another_class_is_a_changed_slot(self, ceasefire: CommandLine, folder: Path) -> None:
        file = ceasefire.file("texts.jsonl", self.LINES)
        entry = SWITCHYARD.replace("class: substation", "class: heating")
        other = ceasefire.file("other/rules/vocabulary/en/targets.yaml", with_entry(targets(), entry)).parents[3]
        (answer,) = ceasefire("vocabulary", "diff", folder, other, file, "--json").lines
        assert answer["changed"][0]["slots"] == {"class": ["substation", "heating"]}

    def test_nothing_differs_from_itself(self, ceasefire: CommandLine) -> None:
        file = ceasefire.file("texts.jsonl", self.LINES)
        done = ceasefire("vocabulary", "diff", "built-in", "built-in", file)
        assert done.out.splitlines() == ["0 of 2 texts are read otherwise", "claims: 0 changed, 0 gained, 0 lost"]

    def test_a_labelled_file_serves_too(self, ceasefire: CommandLine, folder: Path) -> None:
        line = {"id": "l", "language": "en", "title": "Drones hit a frobnicator", "expect": {"energy_strike": True}}
        file = ceasefire.file("labelled.jsonl", json.dumps(line))
        assert [
            answer["id"] for answer in ceasefire("vocabulary", "diff", "built-in", folder, file, "--json").lines
        ] == ["l"]

    def test_every_bad_line_is_named(self, ceasefire: CommandLine) -> None:
        file = ceasefire.file("texts.jsonl", '{"id": "a"}\nnot json\n')
        done = ceasefire("vocabulary", "diff", "built-in", "built-in", file)
        assert done.status == 1
        assert f"{file}:1: title: Field required" in done.err
        assert f"{file}:2: not JSON" in done.err

    def test_a_folder_that_is_none_is_said_in_words(self, ceasefire: CommandLine) -> None:
        file = ceasefire.file("texts.jsonl", self.LINES)
        done = ceasefire("vocabulary", "diff", "built-in", "nowhere", file)
        assert done.status == 2
        assert "NEW: nowhere is no folder with rules/ or seeds/ in it" in done.err
