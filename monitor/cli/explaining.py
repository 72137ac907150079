"""`ceasefire read --explain`: one text, the words that fired in it, what they made, and what held a claim back."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console

from monitor import pipeline as flow
from monitor.extraction import Explanation
from monitor.extraction.frames import Frame, signs
from monitor.extraction.lexicon import Hit
from monitor.extraction.reader import Found
from monitor.extraction.sentences import Sentence
from monitor.extraction.setting import Setting, Standing
from monitor.ingest.language import detect
from monitor.model.claims import Claim, Outcome, Statement, Tally
from monitor.model.judgements import Match
from monitor.model.patterns import compile_pattern
from monitor.model.reports import Language, Report, Source
from monitor.model.vocabulary import Entry, Role
from monitor.output.safe import terminal

#: Why a sentence of this standing yields no claim, or one that reports no event.
_STANDINGS = {
    Standing.HEADING: "a heading: the text below it says more",
    Standing.LINK: "a link to another item, or a caption",
    Standing.ELSEWHERE: "another war or country (role elsewhere)",
    Standing.BACKGROUND: "background: what it tells of is past",
    Standing.DRILL: "an exercise or an accident, as the headline says",
}


def print_explanation(
    reading: flow.Pipeline,
    text: str,
    language: Language | None,
    published: datetime | None,
    now: datetime,
    out: Console,
) -> None:
    """Print how one text is read; the headline ends at the first empty line."""
    title, _, body = text.partition("\n\n")
    report = Report(
        id="explained",
        source=Source(id="explained", name="explained", publisher_group="explained"),
        title=title,
        text=body or None,
        language=language or detect(title, body or None, None),
        published=published,
        first_seen=now,
    )
    _, matches = flow.preview(reading, report)
    for line in explanation(report, reading.reader.explain(report), reading.reader.words(report), matches):
        out.print(line, markup=False, soft_wrap=True)


def explanation(
    report: Report, explained: Explanation, words: Sequence[Sentence], matches: Sequence[Match]
) -> Iterator[str]:
    """Yield the lines: sentence by sentence the words and frames, then the claims with the verdicts they alone get.

    Args:
        report: the text.
        explained: how it was read.
        words: its sentences, in case reading stopped before it looked at them.
        matches: the verdicts.
    """
    extracted = explained.extracted
    yield f"language: {report.language.value}{f' ({extracted.skipped})' if extracted.skipped else ''}"
    sentences = explained.sentences or words
    setting = explained.setting or Setting(report, sentences)
    made = _by_frame(explained.found, extracted.claims)
    for number, sentence in enumerate(sentences):
        yield ""
        yield f"sentence {number + 1}: {_quote(report, sentence.start, sentence.end)}"
        yield from _word_lines(report, sentence)
        frames = [one for one in explained.found if one.frame.sentence is sentence]
        for found in frames:
            yield from _frame_lines(report, found, made.get(id(found.frame)))
        if not frames:
            yield f"  no frame: {_why_none(sentence, setting.standing(number))}"
        elif (standing := setting.standing(number)) in _STANDINGS:
            yield f"  the sentence is {_STANDINGS[standing]}"
    for claim in extracted.claims:
        yield ""
        yield from _claim_lines(report, claim, [match for match in matches if match.claim_id == claim.id])
    for tally in extracted.tallies:
        yield ""
        yield _tally_line(report, tally)
    for statement in extracted.statements:
        yield ""
        yield _statement_line(report, statement)
    if not (extracted.claims or extracted.tallies or extracted.statements):
        yield ""
        yield "no claim, no tally"


def _quote(report: Report, start: int, end: int) -> str:
    return terminal(report.full_text[start:end])


def _by_frame(found: Sequence[Found], claims: Sequence[Claim]) -> dict[int, str]:
    """Return the id of the claim that each frame became: claims come in the order of their frames, some twice."""
    made, remaining = {}, list(claims)
    for one in found:
        if one.claim is None:
            continue
        match = next((c for c in remaining if c.spans == one.claim.spans and c.stance == one.claim.stance), None)
        if match is not None:
            made[id(one.frame)] = match.id
            remaining.remove(match)
    return made


def _word_lines(report: Report, sentence: Sentence) -> Iterator[str]:
    for hit in sentence.hits:
        words = _quote(report, hit.start, hit.end)
        about = [*_meaning(hit.entry), *_pattern(hit.entry, sentence.text[hit.start : hit.end])]
        shown = f"  [{', '.join(about)}]" if about else ""
        yield f"  {hit.role.value:<12} {hit.entry.id:<26} {words}{shown}"


def _meaning(entry: Entry) -> Iterator[str]:
    """Yield what the entry says beside its role."""
    named = (
        ("class", entry.class_id),
        ("party", entry.party),
        ("stance", entry.stance.value if entry.stance else None),
        ("scope", entry.scope.value if entry.role is Role.SUPPRESSOR else None),
        ("part", entry.part.value if entry.part else None),
        ("outcome", entry.outcome.value if entry.outcome else None),
    )
    yield from (f"{name} {value}" for name, value in named if value)
    if entry.weak:
        yield "weak"


def _pattern(entry: Entry, folded: str) -> Iterator[str]:
    """Yield the pattern that fired, where the entry has several."""
    if len(entry.patterns) > 1:
        fired = (one for one in entry.patterns if re.fullmatch(compile_pattern(one).regex, folded))
        yield from (f"pattern {terminal(pattern, 60)}" for pattern in list(fired)[:1])


def _frame_lines(report: Report, found: Found, claim_id: str | None) -> Iterator[str]:
    yield f"  frame: {_frame(report, found.frame)}"
    put = found.put
    because = f", because of {_named(report, put.because)}" if put.because else ""
    yield f"    stance {put.stance.value}{because}{', unsure' if put.unsure else ''}"
    if found.frame.faint:
        yield "    faint: nothing but the words shows an attack"
    yield f"    claim {claim_id}" if claim_id else "    no claim: another frame says the same"


def _frame(report: Report, frame: Frame) -> str:
    target = _named(report, frame.target) if frame.target else "no facility named"
    effects = "".join(f"; came of it: {_named(report, effect)}" for effect in frame.effects)
    cause = f"; the attack stands beside it: {_named(report, frame.cause)}" if frame.cause else ""
    return f"{_named(report, frame.act)} -> {target}{effects}{cause}"


def _named(report: Report, hit: Hit) -> str:
    return f'"{_quote(report, hit.start, hit.end)}" ({hit.entry.id})'


def _why_none(sentence: Sentence, standing: Standing) -> str:
    """Return why a sentence yields no frame, or none that counts."""
    if standing in (Standing.HEADING, Standing.LINK, Standing.ELSEWHERE):
        return f"it is {_STANDINGS[standing]}"
    objects = [hit for hit in sentence.hits if hit.role in (Role.TARGET, Role.BREACH)]
    objects += [hit for hit in sentence.hits if hit.entry.outcome is Outcome.OUTAGE]
    if not objects:
        return "it names nothing that can be struck (role target), no outage and no breach"
    weak = [hit.entry.id for hit in sentence.of(Role.ACT) if hit.entry.weak] + [
        hit.entry.id for hit in sentence.of(Role.EFFECT)
    ]
    if not signs(sentence):
        if weak:
            return f"{', '.join(dict.fromkeys(weak))} shows an attack only beside an act, a weapon or an interception"
        return "it names an object, and no attack (role act), weapon or interception"
    return "no attack in it reaches an object: too many words or clauses lie between, or the word only names a topic"


def _claim_lines(report: Report, claim: Claim, matches: Sequence[Match]) -> Iterator[str]:
    yield f"claim {claim.id}: {claim.stance.value}, {claim.outcome.value}, confidence {claim.confidence.value}"
    basis = f" ({claim.attacker_basis.value})" if claim.attacker_basis else ""
    when = f"{claim.event_time.start.isoformat()} to {claim.event_time.end.isoformat()}" if claim.event_time else "-"
    slots = {
        "act": claim.act,
        "target": ", facility ".join(filter(None, (claim.target.class_id, claim.target.facility_id))),
        "attacker": f"{claim.attacker or '-'}{basis}",
        "place": _place(claim),
        "event_time": when,
        "weapon": claim.weapon or "-",
        "claimants": ", ".join(f"{one.name} ({one.party or '-'})" for one in claim.claimants) or "-",
        "denied_by": ", ".join(f"{one.name} ({one.party or '-'})" for one in claim.denied_by) or "-",
    }
    for slot, value in slots.items():
        spans = claim.spans.get(slot, ())
        words = " | ".join(_quote(report, start, end) for start, end in spans)
        if value != "-" or words:
            yield f"  {slot + ':':<12} {terminal(value)}" + (f'  "{words}"' if words else "")
    for match in matches:
        reasons = "; ".join(terminal(reason.text) for reason in match.reasons)
        yield f"  {match.accused} {match.clause_id}/{match.reading_id}: {match.verdict.value} ({reasons})"


def _place(claim: Claim) -> str:
    held = f", held by {claim.occupied_by}" if claim.occupied_by else ""
    place = f"{claim.place.name}, precision {claim.place.precision}, " if claim.place else ""
    return f"{place}country {claim.country}{held}" if claim.country or place else "-"


def _tally_line(report: Report, tally: Tally) -> str:
    words = _quote(report, *tally.span)
    accused = tally.accused or "nobody named"
    return f'tally: {tally.count} ({tally.kind.value}) against {accused}, by {terminal(tally.claimant.name)}: "{words}"'


def _statement_line(report: Report, statement: Statement) -> str:
    who = f"{statement.speaker.party} ({terminal(statement.speaker.name)})"
    return f'statement: {statement.kind.value} ({statement.about.value}), by {who}: "{_quote(report, *statement.span)}"'
