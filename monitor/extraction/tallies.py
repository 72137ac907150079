"""Tallies: counts that a party announces ("attacked energy facilities 14 times in 24 hours"), never so many incidents.

A number belongs to a tally where it counts acts ("six strikes on substations", "14 times") or breaches, beside an
energy target or a broken energy truce, over a stretch of time. A number that counts targets ("ten refineries"),
weapons or people does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.extraction import who
from monitor.extraction.claimants import claimants_of
from monitor.extraction.frames import Frame
from monitor.extraction.lexicon import Hit
from monitor.extraction.sentences import Sentence
from monitor.extraction.times import TimeKind, TimeMention
from monitor.extraction.when import Moments
from monitor.model.claims import Actor, Span, Tally, TallyKind
from monitor.model.reports import PartyId, Report
from monitor.model.times import EventTime
from monitor.model.vocabulary import Part, Role

#: The class of a tally that names no kind of facility.
_ENERGY = "energy"
#: "14 times" is a count of its own from here on; "twice" and "two strikes" tell of single events.
_MANY = 3
#: A count over a longer stretch than this runs from some beginning and is no increment, in seconds.
_INCREMENT_SECONDS = 4 * 86_400

_WORDS: dict[int, str] = {
    2: "two|twice|дв(?:а|е|і|ома|ум|умя|ух|их)|двох|двум|двумя|двома|двічі|дважды|двое|двоє",
    3: "three|три|трьома|тремя|трех|трёх|трьох|трем|трём|трижды|тричі|трое|троє",
    4: "four|чотири|чотирма|чотирьох|четыре|четырьмя|четырех|четырёх",
    5: "five|п['’ʼ]ять|п['’ʼ]ятьма|п['’ʼ]яти|пять|пятью|пяти",
    6: "six|шість|шістьма|шести|шесть|шестью",
    7: "seven|сім|сьома|семи|семь|семью",
    8: "eight|вісім|вісьмома|восьми|восемь|восемью",
    9: "nine|дев['’ʼ]ять|дев['’ʼ]ятьма|девять|девятью|девяти",
    10: "ten|десять|десятьма|десяти|десятью",
    11: "eleven|одинадцять|одинадцяти|одиннадцать|одиннадцати",
    12: "twelve|дюжина|дванадцять|дванадцяти|двенадцать|двенадцати",
    13: "thirteen|тринадцять|тринадцать",
    14: "fourteen|чотирнадцять|чотирнадцяти|четырнадцать|четырнадцати",
    15: "fifteen|п['’ʼ]ятнадцять|пятнадцать|пятнадцати",
    16: "sixteen|шістнадцять|шестнадцать",
    17: "seventeen|сімнадцять|семнадцать",
    18: "eighteen|вісімнадцять|восемнадцать",
    19: "nineteen|дев['’ʼ]ятнадцять|девятнадцать",
    20: "twenty|двадцять|двадцяти|двадцать|двадцати",
    30: "thirty|тридцять|тридцяти|тридцать|тридцати",
    40: "forty|сорок|сорока",
    50: "fifty|п['’ʼ]ятдесят|пятьдесят",
    100: "hundred|сто|сотню|сотні|сотня|ста",
}
_VALUES = {value: re.compile(rf"(?:{forms})\Z") for value, forms in _WORDS.items()}
_NUMBER = re.compile(
    rf"(?<![\w.,:/№#-])(?:(?P<digits>\d{{1,4}})(?![%\w:/-]|[.,]\d)|(?P<words>{'|'.join(_WORDS.values())})(?!\w))"
)
#: A weapon that begins within so many characters after a number is what the number counts.
_NEXT = 3
#: A force stands no more words before its verb than this.
_BESIDE = 2
#: Between a number and what it counts: adjectives, no comma, no preposition.
_BETWEEN = re.compile(r"\s+(?:[\w«»\"“”'’ʼ-]+\s+){0,3}[«\"“]?\Z")
_PREPOSITION = re.compile(
    r"\s(?:of|on|in|at|for|by|with|and|or|after|amid|during|following|from|because|due|на|по|в|у|за|с|із|з|и|та|і|й|от|від|"
    r"до|через|після|внаслідок|під|после|из-за|вследствие|при)\s"
)


#: "in 24 hours", "за двое суток": the stretch before publication that a day's count covers.
_STRETCH = re.compile(
    r"(?<!\w)(?:in|over|during|within|for|за|протягом|упродовж|впродовж|в течение|на протяжении)\s+"
    r"(?:the\s+)?(?:(?:past|last|previous|минул\w+|прошедш\w+|последн\w+|прошл\w+|останн\w+)\s+)?"
    r"(?:(?P<two>two\s+days|48\s+hours|дв(?:ое|і|е)\s+(?:суток|доби|дні)|48\s+(?:годин|часов))"
    r"|(?:(?:a|one)\s+)?(?:day|24\s+hours|добу|сутки|день|24\s+(?:години|часа)))(?!\w)"
)
#: Between a number and the acts that it counts: none of these was counted before.
_NEW = re.compile(r"\b(?:new|fresh|more|further|another|нов(?:ых|их|ые|і)|ещё|еще|ще)\b")
#: Between "despite" and the truce that a count has broken lie no more words than this.
_DESPITE = 4
#: From where a truce's breaches are counted.
_SINCE_TRUCE = re.compile(
    r"\b(?:since (?:the )?(?:[\w-]+ ){0,2}(?:moratorium|truce|ceasefire|pause|agreement|call)|"
    r"(?:з|від|с|со|після|после) (?:(?:момент|почат|начал)\w+ )?(?:[\w-]+ )?(?:моратор\w+|перемир\w+))\b"
)
#: What a count of all of the war, or year, begins with, near to "since the start of"; how long no count of a truce is.
_WAR = re.compile(r"\b(?:war|invasion|year|року|года|війн\w+|вторгнен\w+|войн\w+|вторжен\w+)\b")
_WAR_NEAR = 30
_STATISTIC = timedelta(days=90)
#: Whoever does this to acts or breaches has not committed them.
_COUNTING = re.compile(
    r"\b(?:count|record|log|register|document|tall(?:y|ie)|list|report|насчит|подсчит|фиксир|зафиксир|регистр|зарегистр"
    r"|перечисл|нарах|підрах|наліч|фіксу|зафіксу|реєстр|зареєстр|перелічи)\w*"
)
#: Put like this, a count is of what has not happened.
_NOT_HAPPENED = frozenset({"threatened", "negotiated", "hypothetical"})


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    start: int
    counted: Hit


def find_tallies(
    report: Report,
    sentences: Sequence[Sentence],
    moments: Moments,
    energy: frozenset[str],
    enemy: PartyId | None,
) -> tuple[Tally, ...]:
    """Return the tallies of a report, one for each count; the headline's count repeated in the text is one."""
    found: dict[tuple[int, PartyId | None], Tally] = {}
    for sentence in sentences:
        target = _target(sentence, energy)
        if target is None or _has_not_happened(sentence) or not any(_counts(sentence, ())):
            continue
        times = moments.mentions((sentence,)) or _stretch(sentence, report.published)
        for count in _counts(sentence, [one.span for one in times]):
            if not (times or _is_told_now(sentence, count) or moments.names_a_period):
                continue
            if _is_of_the_war(sentence, times, report.published):
                continue
            tally = _tally(report, sentence, count, times, target, enemy)
            found.setdefault((tally.count, tally.accused), tally)
    return tuple(found.values())


def counts_only(frame: Frame, dates: Sequence[Span], vague: frozenset[str]) -> Hit | None:
    """Return what is counted, where a frame of no one object is part of a count: "attacked energy facilities 14 times".

    A count is a claim about numbers. It makes no event of its own, save where it names the object that was struck
    several times.
    """
    if frame.target is not None and frame.target.entry.class_id not in vague:
        return None
    for count in _counts(frame.sentence, dates):
        if count.counted is frame.act or frame.sentence.boundaries_between(count.start, frame.act.start)[0] == 0:
            return count.counted
    return None


def _target(sentence: Sentence, energy: frozenset[str]) -> str | None:
    """Return the class that is counted: of one energy target, or energy as a whole; None without any."""
    classes = {hit.entry.class_id for hit in sentence.of(Role.TARGET) if hit.entry.class_id in energy}
    if len(classes) == 1:
        return str(classes.pop())
    return _ENERGY if classes or sentence.of(Role.BREACH) else None


def _has_not_happened(sentence: Sentence) -> bool:
    """Return whether the sentence speaks of plans, talks or threats; one that speaks of breaches does not."""
    if sentence.of(Role.BREACH):
        return False
    despite = [hit.end for hit in sentence.of(Role.DESPITE)]
    since = _SINCE_TRUCE.search(sentence.text, sentence.start, sentence.end)
    return any(
        hit.entry.stance in _NOT_HAPPENED
        and not (since and since.start() <= hit.start < since.end())
        and not any(end <= hit.start and len(sentence.text[end : hit.start].split()) <= _DESPITE for end in despite)
        for hit in sentence.of(Role.SUPPRESSOR)
    )


def _stretch(sentence: Sentence, published: datetime | None) -> tuple[TimeMention, ...]:
    match = _STRETCH.search(sentence.text, sentence.start, sentence.end)
    if match is None or published is None:
        return ()
    length = timedelta(hours=48 if match["two"] else 24)
    time = EventTime(start=published - length, end=published, precision=1)
    return (TimeMention(time=time, span=match.span(), kind=TimeKind.PERIOD),)


def _counts(sentence: Sentence, dates: Sequence[Span]) -> Iterator[_Count]:
    """Yield the numbers that count acts; the "15" of "15 April" does not."""
    for match in _NUMBER.finditer(sentence.text, sentence.start, sentence.end):
        if any(start <= match.start() < end for start, end in dates):
            continue
        value = _value(match)
        counted = _counted(sentence, match.end())
        if counted is not None and _MANY <= value < 1900:
            yield _Count(value, match.start(), counted)


def _is_told_now(sentence: Sentence, count: _Count) -> bool:
    """Return whether a count without a stretch of time is news: of breaches, an accusation, or of "six new strikes"."""
    counted = count.counted
    if counted.role is not Role.ACT or _NEW.search(sentence.text, count.start, counted.end):
        return True
    if _SINCE_TRUCE.search(sentence.text, counted.end, sentence.end):
        return True
    return any(hit.end <= count.start for hit in sentence.of(Role.ACCUSING))


def _is_of_the_war(sentence: Sentence, times: Sequence[TimeMention], published: datetime | None) -> bool:
    """Return whether a count runs over all of the war, or over so long that it is a statistic."""
    if any(_WAR.search(sentence.text, hit.start, hit.end + _WAR_NEAR) for hit in sentence.of(Role.BACKGROUND)):
        return True
    return published is not None and any(published - one.time.start > _STATISTIC for one in times)


def _value(match: re.Match[str]) -> int:
    if digits := match["digits"]:
        return int(digits)
    return next(value for value, forms in _VALUES.items() if forms.match(match["words"]))


def _counted(sentence: Sentence, end: int) -> Hit | None:
    """Return the acts, cases or breaches that a number ending at `end` counts."""
    if any(0 <= hit.start - end <= _NEXT for hit in sentence.of(Role.WEAPON)):
        return None
    for hit in sentence.of(Role.ACT, Role.COUNTED, Role.BREACH):
        if hit.start < end <= hit.end:
            return hit  # "launched six strikes": the number stands within the act's own words
        if hit.start < end:
            continue
        between = sentence.text[end : hit.start]
        if not _BETWEEN.match(between) or _PREPOSITION.search(between):
            return None
        if hit.role is Role.ACT and hit.entry.part is not Part.NOUN:
            return None
        return hit
    return None


def _tally(
    report: Report, sentence: Sentence, count: _Count, times: Sequence[TimeMention], target: str, enemy: PartyId | None
) -> Tally:
    claimant = _claimant(report, sentence, count, enemy)
    period = next((one for one in times if one.kind is TimeKind.PERIOD), times[0] if times else None)
    return Tally(
        id=f"{report.id}.{report.version}/t{count.start}",
        claimant=claimant,
        accused=_accused(sentence, count, claimant, enemy),
        target_class=target,
        count=count.value,
        kind=_kind(period),
        start=period.time.start if period else None,
        end=period.time.end if period else None,
        span=_span(count),
    )


def _span(count: _Count) -> Span:
    return min(count.start, count.counted.start), count.counted.end


def _kind(period: TimeMention | None) -> TallyKind:
    """A count over a few days is an increment; one from some beginning, or over an unnamed stretch, is cumulative."""
    if period is None:
        return TallyKind.CUMULATIVE
    seconds = (period.time.end - period.time.start).total_seconds()
    return TallyKind.INCREMENT if seconds <= _INCREMENT_SECONDS else TallyKind.CUMULATIVE


def _claimant(report: Report, sentence: Sentence, count: _Count, enemy: PartyId | None) -> Actor:
    """Return who announces the count: whoever counts or speaks, else the outlet."""
    named = _counting(sentence, count) or claimants_of(sentence)
    if named:
        return who.actor(named[0], report.full_text, enemy)
    return Actor(name=report.source.name, party=report.source.affiliation)


def _subject(sentence: Sentence, count: _Count, claimants: Sequence[Hit]) -> list[Hit]:
    """Return the force that stands right before a count and its verb: "Russia attacked energy facilities six times"."""
    first = min([count.start, *(hit.start for hit in sentence.of(Role.ACT) if hit.entry.part is not Part.NOUN)])
    before = [hit for hit in sentence.of(Role.FORCE) if hit.end <= first and hit not in claimants]
    return [hit for hit in before[-1:] if len(sentence.text[hit.end : first].split()) <= _BESIDE]


def _counting(sentence: Sentence, count: _Count) -> list[Hit]:
    """Return the force that counts and does not strike: "Ukraine counts more than 30 breaches"."""
    before = [hit for hit in sentence.of(Role.FORCE, Role.SPEAKER) if hit.end <= count.start]
    return [hit for hit in before[-1:] if _COUNTING.search(sentence.text, hit.end, count.start)]


def _accused(sentence: Sentence, count: _Count, claimant: Actor, enemy: PartyId | None) -> PartyId | None:
    """Return whom the count accuses: whose acts are counted, else the force that is named, else the other side."""
    owners = [hit for hit in sentence.of(Role.BELONGING) if count.start <= hit.start < count.counted.end]
    claimants = [*claimants_of(sentence), *_counting(sentence, count)]
    for hits in (
        owners,
        _subject(sentence, count, claimants),
        [hit for hit in sentence.of(Role.FORCE) if hit not in claimants],
    ):
        named = {enemy if hit.entry.party == "enemy" else hit.entry.party for hit in hits}
        parties = {party for party in named if party in sentence.opponents and party != claimant.party}
        if len(parties) == 1:
            return parties.pop()
    return sentence.opponents.get(claimant.party or "")
