"""Whether two claims are two voices: publisher, wire, claimant and wording all have to differ."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import combinations, takewhile

from monitor.judging.slots import located, same_version, speakers, stated, sure, words
from monitor.model.claims import Actor, Claim, Outcome, ReportedClaim
from monitor.model.judgements import Incident
from monitor.model.reports import PartyId, Source

#: Texts of one language that share this part of their words are one text (Jaccard index).
_SAME_TEXT = 0.8
#: A text is a copy of part of another if it shares this part of its phrases, runs of so many words, of which it has
#: enough to tell; two outlets that only quote the same sentence share fewer.
_COPIED, _PHRASE, _ENOUGH = 0.6, 4, 8

#: The Admiralty grade of sources that cannot be judged: nobody knows whom they repeat.
_UNKNOWN = "F"

#: Two words of a name that share this many letters, and all but an ending this long, may be forms of one word.
_STEM = 4
_ENDING = 2

#: Who says so: ("party", "UA"), ("name", "a person or company") or ("outlet", "its publisher").
Voice = tuple[str, str]
#: A report is taken over into another language within so long.
_TRANSLATED_WITHIN = timedelta(days=2)

_SPACES = re.compile(r"\W+")


def _name(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()


def voices(one: ReportedClaim, incident: Incident, accused: PartyId) -> frozenset[Voice]:
    """Return who says so: claimants, all officials of a party as one; without any, the outlet or its party.

    Where a report names another party too, the accused is none of them: it answers, or blames the other side.

    Whoever a report names for one sentence on the incident stands behind its others too: a headline often states what
    the text below it attributes. "The minister" of an outlet that has a side is that side's; of another outlet nobody
    knows whose, and who is not known is no voice of its own.
    """
    source = one.report.source
    claimants = [
        actor for each in _told_by(one, incident) for actor in speakers(each.claim) if actor.party or _name(actor.name)
    ]
    if claimants:
        found = frozenset(voice for actor in claimants if (voice := _voice(actor, source)) is not None)
        others = any(kind == "party" and party != accused for kind, party in found)
        return found - {("party", accused)} if others else found
    return frozenset(
        {("party", source.affiliation) if source.affiliation else ("outlet", _name(source.publisher_group))}
    )


def _told_by(one: ReportedClaim, incident: Incident) -> tuple[ReportedClaim, ...]:
    """Return the claim and all others of its report that tell of the incident."""
    return (one, *(two for two in incident.claims if same_version(one, two) and two.claim.stance.reports_event))


def _voice(actor: Actor, source: Source) -> Voice | None:
    if not actor.unnamed:
        return ("party", actor.party) if actor.party else ("name", _name(actor.name))
    side = source.affiliation or source.perspective
    return ("party", side) if side else None


def _outlet_names(source: Source) -> frozenset[str]:
    """Return the names by which others cite an outlet."""
    return frozenset(_name(text) for text in (source.id, source.name, source.publisher_group, *source.also))


def wire(source: Source) -> str:
    """Return the wire service behind an outlet's text, or the publisher where there is none."""
    return _name(source.wire or source.publisher_group)


def _one_name(first: str, second: str) -> bool:
    """Return whether one name holds the other: "Reuters" and "the Reuters news agency"."""
    mine, theirs = set(first.split()), set(second.split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _one_voice(first: Voice, second: Voice, *, translated: bool) -> bool:
    """Return whether two voices are, or may be, one.

    Whoever speaks for no party has another name in another language («Обленерго» is "the utility", «жители» are
    "residents"): there nobody can tell whether two reports quote two people, or one of them is a translation.
    """
    if first == second or (translated and first[0] == second[0] == "name"):
        return True
    return "party" not in (first[0], second[0]) and _one_name(first[1], second[1])


def _may_be_translated(one: ReportedClaim, other: ReportedClaim) -> bool:
    """Return whether one report may be the other in another language."""
    mine, theirs = one.report, other.report
    apart = abs(mine.came - theirs.came)
    return mine.language is not theirs.language and apart <= _TRANSLATED_WITHIN


def _cites(one: ReportedClaim, other: ReportedClaim, incident: Incident) -> bool:
    """Return whether one's report names the other's outlet as a claimant: it repeats, it does not confirm."""
    named = {_name(actor.name) for each in _told_by(one, incident) for actor in each.claim.claimants}
    outlets = _outlet_names(other.report.source) | {wire(other.report.source)}
    return any(_one_name(name, outlet) or _inflected(name, outlet) for name in named for outlet in outlets)


def _inflected(first: str, second: str) -> bool:
    """Return whether two names may be forms of one, as «Медузы» is of «Медуза»: each word begins like the other's.

    Taking too much for one name costs a corroboration; taking too little would make one out of an echo.
    """
    pairs = list(zip(first.split(), second.split(), strict=False))
    return bool(pairs) and first.count(" ") == second.count(" ") and all(_one_stem(*pair) for pair in pairs)


def _one_stem(first: str, second: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    return first == second or (shared >= _STEM and shared >= max(len(first), len(second)) - _ENDING)


def opposed(party: PartyId, accused: PartyId, incident: Incident) -> bool:
    """Return whether a party is the one that the accused struck; where nobody knows whose ground it was, any other."""
    if party == accused:
        return False
    struck = {held for held in (incident.country, incident.occupied_by) if held not in (None, "unknown", accused)}
    return party in struck or not struck


def separate(one: ReportedClaim, other: ReportedClaim, accused: PartyId, incident: Incident) -> bool:
    """Return whether two claims corroborate each other against the accused.

    Both can be judged (no source of grade F), and they differ in publisher group, in the wire behind them and in
    claimant; the claimants are not all on the accuser's side; neither quotes the other, they are not one text, and
    they tell the same.
    """
    mine, theirs = one.report.source, other.report.source
    if mine.publisher_group == theirs.publisher_group or wire(mine) == wire(theirs):
        return False
    if _UNKNOWN in (mine.reliability, theirs.reliability):
        return False
    if _cites(one, other, incident) or _cites(other, one, incident) or not _tell_the_same(one.claim, other.claim):
        return False
    translated = _may_be_translated(one, other)
    if not any(
        not _one_voice(a, b, translated=translated)
        and not (_sided(a, accused, incident) and _sided(b, accused, incident))
        for a in voices(one, incident, accused)
        for b in voices(other, incident, accused)
    ):
        return False
    return not same_text(one, other)


def _tell_the_same(one: Claim, other: Claim) -> bool:
    """Return whether two claims agree on how near the weapon came, and say as exactly as each other where it was.

    What happened somewhere in a region may be another event than what happened in one of its towns.
    """
    if (one.outcome is Outcome.INTERCEPTED) is not (other.outcome is Outcome.INTERCEPTED):
        return False
    return _only_region(one) is _only_region(other)


def _only_region(claim: Claim) -> bool:
    return claim.target.facility_id is None and claim.place is not None and claim.place.precision == 3


def _sided(voice: Voice, accused: PartyId, incident: Incident) -> bool:
    return voice[0] == "party" and opposed(voice[1], accused, incident)


def same_text(one: ReportedClaim, other: ReportedClaim) -> bool:
    """Return whether two reports of one language are nearly the same text, or one is a copy of part of the other.

    Compared are the texts themselves, which are few within one incident (docs/decisions/0011-copies-of-a-text.md).
    """
    if one.report.language is not other.report.language:
        return False
    mine, theirs = words(one.report.full_text), words(other.report.full_text)
    if mine and len(mine & theirs) >= _SAME_TEXT * len(mine | theirs):
        return True
    shorter, longer = sorted((_phrases(one.report.full_text), _phrases(other.report.full_text)), key=len)
    return len(shorter) >= _ENOUGH and len(shorter & longer) >= _COPIED * len(shorter)


@lru_cache(maxsize=4096)
def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words in a text."""
    every = _name(text).split()
    return frozenset(tuple(every[at : at + _PHRASE]) for at in range(len(every) - _PHRASE + 1))


def corroborating(
    against: Sequence[ReportedClaim], accused: PartyId, incident: Incident
) -> tuple[ReportedClaim, ReportedClaim] | None:
    """Return the first two claims that corroborate each other, or None.

    Aggregators find reports and never corroborate; nor does a doubtful claim, or one that does not say where and on
    which day. At least one of the two names the attacker.
    """
    able = [
        one
        for one in against
        if sure(one.claim)
        and located(one.claim)
        and one.claim.event_time is not None
        and one.claim.event_time.precision == 1
        and not one.report.source.aggregator
    ]
    return next(
        (
            (one, other)
            for one, other in combinations(able, 2)
            if (stated(one.claim) or stated(other.claim)) and separate(one, other, accused, incident)
        ),
        None,
    )
