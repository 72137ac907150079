"""From a report to its claims: the one entrance to reading. Pure: no file, no clock, no store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from monitor.extraction.anchors import compile_anchors
from monitor.extraction.bridges import bridged
from monitor.extraction.claims import ClaimBuilder
from monitor.extraction.frames import Frame, find_frames, is_strong
from monitor.extraction.grammar import GRAMMARS
from monitor.extraction.lexicon import Gate, Lexicon
from monitor.extraction.sentences import Sentence, split_sentences
from monitor.extraction.setting import Setting, Standing
from monitor.extraction.sides import sided
from monitor.extraction.stance import Put
from monitor.extraction.statements import Declarations
from monitor.extraction.theatres import TheatreNames, with_theatre
from monitor.extraction.unexplained import find_unexplained
from monitor.extraction.unlisted import find_unlisted
from monitor.extraction.when import Moments
from monitor.model.claims import Claim, Extracted, Statement
from monitor.model.knowledge import Knowledge
from monitor.model.patterns import any_of, fold
from monitor.model.reports import Language, PartyId, Report
from monitor.model.vocabulary import Entry, Role

#: Why a report of another language yields nothing.
NOT_READ = "language not read"
#: Sentences that report nothing themselves.
_SILENT = frozenset((Standing.HEADING, Standing.LINK, Standing.ELSEWHERE))


@dataclass(frozen=True, kw_only=True)
class Found:
    """A frame with how the text puts it, and the claim made of it."""

    frame: Frame
    put: Put
    claim: Claim | None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What was found in a report and why: for people who mend vocabularies."""

    extracted: Extracted
    sentences: tuple[Sentence, ...]
    found: tuple[Found, ...]
    #: What its sentences are for; None where reading stopped before it looked at them.
    setting: Setting | None = None


class Reader:
    """Reads reports. A vocabulary is compiled when first needed; nothing of a report is kept."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicons: dict[Language, Lexicon] = {}
        self._sides: dict[tuple[Language, PartyId | None], Mapping[str, Entry]] = {}
        self._energy = knowledge.energy_classes
        self._facilities = any_of(knowledge.geography.facility_names)
        self._anchors = compile_anchors(knowledge.events)
        self._theatres = [(theatre, TheatreNames(theatre), Reader(theatre.knowledge)) for theatre in knowledge.theatres]
        self._declarations = {language: Declarations(words) for language, words in knowledge.statements.words.items()}

    def read(self, report: Report) -> Extracted:
        """Return what a report claims, counts and declares; of one in another language, only that it was not read."""
        return self.explain(report).extracted

    def explain(self, report: Report) -> Explanation:
        """Return what was found, with the frames behind each claim and the words that decided.

        Where a text names a further war, what is read of that one is added; the sentences shown are of the reading that
        found a claim first.
        """
        explained = self._explain(report)
        for theatre, names, reader in self._theatres:
            if names.occur_in(report):
                there = reader.explain(report)
                both = with_theatre(explained.extracted, there.extracted, theatre, report)
                shown = explained if explained.found or not both.claims else there
                explained = replace(shown, extracted=both)
        return explained

    def _explain(self, report: Report) -> Explanation:
        lexicon = self._lexicon(report.language)
        if lexicon is None:
            return Explanation(extracted=Extracted(language=report.language, skipped=NOT_READ), sentences=(), found=())
        folded = _without_name(fold(report.full_text), fold(report.source.name))
        declarations = self._declarations.get(report.language)
        may_state = declarations is not None and declarations.may_state(folded)
        if not lexicon.may_report(folded, self._facilities):
            sentences = self._sentences(report, folded, lexicon) if may_state else []
            read = Extracted(language=report.language, statements=self._statements(report, sentences))
            return Explanation(extracted=read, sentences=tuple(sentences), found=())
        sentences = self._sentences(report, folded, lexicon)
        statements = self._statements(report, sentences) if may_state else ()
        builder = ClaimBuilder(
            report, GRAMMARS[report.language], sentences, self._knowledge, self._anchors[report.language]
        )
        setting = Setting(report, sentences, builder.grounds)
        found: list[Found] = []
        for frame, standing in self._frames(sentences, setting, builder):
            put, claim = builder.claim(frame, standing)
            found.append(Found(frame=frame, put=put, claim=claim))
        claims = builder.finish([item.claim for item in found if item.claim is not None])
        extracted = Extracted(language=report.language, claims=claims, tallies=builder.tallies(), statements=statements)
        return Explanation(extracted=extracted, sentences=tuple(sentences), found=tuple(found), setting=setting)

    def _statements(self, report: Report, sentences: list[Sentence]) -> tuple[Statement, ...]:
        declarations = self._declarations.get(report.language)
        if declarations is None:
            return ()
        return declarations.find(report, sentences, Moments(report, sentences, self._anchors[report.language]))

    def words(self, report: Report) -> tuple[Sentence, ...]:
        """Return the sentences of a report with the vocabulary in them, also where they report nothing."""
        lexicon = self._lexicon(report.language)
        return () if lexicon is None else tuple(self._sentences(report, fold(report.full_text), lexicon))

    def _sentences(self, report: Report, folded: str, lexicon: Lexicon) -> list[Sentence]:
        spans = split_sentences(report.full_text, len(report.title))
        words = lexicon.beginnings(folded, self._sides_of(report))
        sides = self._knowledge.opponents
        return [Sentence(start=a, end=b, paragraph=n, text=folded, words=words, opponents=sides) for a, b, n in spans]

    def _sides_of(self, report: Report) -> Mapping[str, Entry]:
        """Return whose institutions bare names mean in an outlet."""
        key = report.language, report.source.perspective
        if key not in self._sides:
            entries = self._knowledge.vocabulary.entries.get(report.language, ())
            self._sides[key] = sided(entries, report.source.perspective)
        return self._sides[key]

    def _lexicon(self, language: Language) -> Lexicon | None:
        """Return the compiled vocabulary of a language, compiled at its first report; None where there is none."""
        entries = self._knowledge.vocabulary.entries.get(language)
        if entries and language not in self._lexicons:
            self._lexicons[language] = Lexicon(entries, self._knowledge.vague_classes)
        return self._lexicons.get(language)

    def _frames(
        self, sentences: list[Sentence], setting: Setting, builder: ClaimBuilder
    ) -> Iterator[tuple[Frame, Standing]]:
        """Yield the frames of all sentences that report something, in order, each with its sentence's standing."""
        grammar = builder.grammar
        framed = [find_frames(sentence, grammar, self._energy) if sentence.may_tell else [] for sentence in sentences]
        for at, sentence in enumerate(sentences):
            if not _has_energy(framed[at], self._energy) and self._may_strike_facility(sentence):
                named = builder.facility_hits(sentence)
                if named:
                    sentences[at] = replace(sentence, named=named)
                    framed[at] = find_frames(sentences[at], grammar, self._energy)
        for at, sentence in enumerate(sentences):
            if sentence.may_report and not _has_energy(framed[at], self._energy):
                framed[at] = [*framed[at], *find_unlisted(sentence, grammar, self._energy)]
        for at, frame in bridged(sentences, framed, grammar, self._energy):
            framed[at] = [*framed[at], frame]
        if not any(_has_energy(frames, self._energy) for frames in framed):
            for at, frame in find_unexplained(sentences, grammar, self._energy):
                framed[at] = [*framed[at], frame]
        for at, frames in enumerate(framed):
            if frames and (standing := setting.standing(at)) not in _SILENT:
                yield from ((frame, standing) for frame in frames)

    def _may_strike_facility(self, sentence: Sentence) -> bool:
        """Return whether the sentence has an attack, and perhaps the name of a known facility; cheap checks first."""
        return (
            sentence.may_hold(Gate.ATTACK)
            and self._facilities.search(sentence.text, sentence.start, sentence.end) is not None
            and any(is_strong(hit) for hit in sentence.of(Role.ACT))
        )


def _without_name(folded: str, name: str) -> str:
    """Return the text with the outlet's own name blanked: a reporter of the "Harbour Post" stands in no harbour."""
    return folded.replace(name, "·" * len(name)) if " " in name else folded


def _has_energy(frames: list[Frame], energy: frozenset[str]) -> bool:
    return any(frame.target is None or frame.target.entry.class_id in energy for frame in frames)
