"""Who says that an attack happened. Whoever is accused, or only the subject of what is said, says nothing."""

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.extraction.accusations import accused_of
from monitor.extraction.contrasts import set_aside
from monitor.extraction.lexicon import Hit
from monitor.extraction.responses import silent_of
from monitor.extraction.sentences import Sentence
from monitor.extraction.who import SAME
from monitor.model.vocabulary import Entry, Part, Role

#: "Authorities of Kherson region: ...": up to three words between who speaks and the colon.
_BYLINE = re.compile(r"[»\"”]?(?:\s[\w'’ʼ-]+){0,3}[»\"”]?\s?:")
#: A force behind one of these is what was done something to, or where: "Attack on Russia: ...", "Дрони над РФ: ...".
_LED_UP_TO = re.compile(
    r"\b(?:on|at|against|in|into|across|over|near|from|for|with|по|на|у|в|во|над|об|проти|против|до|для|к|ко|з|із|с|со|из|від|от)"
    r"\s[\"«“]?\Z"
)
_ABOUT = re.compile(r"\s+(?:on|about|про|о|об)\s")
#: A capital where somebody speaks: it stands for its government, and is no place of an event.
_SEAT = re.compile(
    r"(?P<lead>\s*)\b(?P<where>(?P<how>in|у|в)\s"
    r"(?:(?P<UA>kyiv|kiev|києві|киеве)|(?P<RU>moscow|москві|москве|кремл[іе])))\b"
)
#: "they insist (in Kyiv)": unlike "(explosions were) reported in Kyiv", which tells where.
_THEY_SAY = re.compile(r"(?:ли|ли\s.{0,40}|[аяую]ть?|said|says?|told|insists?)$")
#: Right behind the seat of who speaks: "the ministry in Moscow reports".
_SAYS = re.compile(r"\s(?:says|reports|claims|states|insists|tells|said|stated|insisted|announced|announces)\b")
#: "The governor reported this", "Про це повідомив", "об этом сообщает": what stands before was somebody's word.
_THIS_SAID = re.compile(
    r"\bпро це\s(?:\w+\s){0,3}?(?:повідом|розпов|напис|заяв|пише|пишуть|йдеться|кажуть|сказа|стало відомо)"
    r"|\bоб этом\s(?:\w+\s){0,3}?(?:сообщ|расска|напис|заяв|пишет|пишут|говор|сказа|передает)"
    r"|\b(?:this|that|it)\s(?:was|has been)\s(?:announced|reported|said|stated|confirmed|told)\b"
    r"|\b(?:reported|announced|said|stated|confirmed|wrote)\s(?:this|so|it)\b"
    r"|\b(?:confirmed|acknowledged|reported)\sthe\s(?:attack|strike|incident|hit|shelling|information|news|report)\b"
)
_AND = frozenset(("and", "та", "і", "й", "и"))
_FIRST_NAME = re.compile(r"\s[^\W\d_]{3,}\s")
#: What may follow a state behind "said", where it is who said so: the end of its clause, or when and where it said so.
_SPOKEN = re.compile(
    r"[»\"”]?\s*(?:[,.;:!?()»\"”—–]|-\s|\Z|$"
    r"|(?:on|in|at|during|late|early|after|before|to|via|through|and|today|yesterday|earlier|later|this|last|"
    r"[уві]|и|на|під|під час|во|во время|после|після|сьогодні|сегодня|вчора|вчера|щодо|про|о|об)\s)"
)


def claimants_of(sentence: Sentence) -> list[Hit]:
    """Return the words that name who says what the sentence says."""
    aside = [*set_aside(sentence), *accused_of(sentence), *silent_of(sentence)]
    speakers = [hit for hit in sentence.of(Role.SPEAKER, Role.FORCE) if hit not in aside]
    sayings = sentence.of(Role.SAYING, Role.ACCUSING, Role.OWNING)
    said = [hit for hit in speakers if is_same(hit) or _says(sentence, hit, sayings) or _on(sentence, hit)]
    said = [one for one in speakers if one in said or any(_joins(sentence, one, hit) for hit in said)]
    found = _without_titles(sentence, _with_seats(sentence, said) or _bylines(sentence, speakers))
    return _without_accused(sentence, found)


def told_after(sentence: Sentence, sentences: Sequence[Sentence]) -> list[Hit]:
    """Return who is said, in the next sentence, to have told of the one before: "Про це повідомив голова ОВА"."""
    at = next((n for n, one in enumerate(sentences) if one is sentence), len(sentences))
    following = sentences[at + 1 : at + 2]
    if not following or _THIS_SAID.search(following[0].text, following[0].start, following[0].end) is None:
        return []
    return claimants_of(following[0]) or following[0].of(Role.SPEAKER)


def _joins(sentence: Sentence, first: Hit, second: Hit) -> bool:
    """Return whether two forces are one subject: "Russia and Ukraine accused each other"."""
    return (
        first.role is Role.FORCE
        and second.role is Role.FORCE
        and first.end < second.start
        and sentence.between(first, second).strip() in _AND
    )


def resolved(claimants: list[Hit], before: Sequence[Sentence]) -> list[Hit]:
    """Return who says so, with the last one who spoke in the sentences before for "he said"; else as it stands."""
    if not any(is_same(hit) for hit in claimants):
        return claimants
    for sentence in reversed(before):
        named = [hit for hit in sentence.of(Role.SPEAKER) if not is_same(hit)]
        if spoke := [hit for hit in claimants_of(sentence) if not is_same(hit)] or named[-1:]:
            return [hit for hit in claimants if not is_same(hit)] + spoke
    return claimants


def is_same(hit: Hit) -> bool:
    """Return whether the words mean whoever spoke before: "he said"."""
    return hit.entry.value == SAME and hit.role is Role.SPEAKER


def seats_of(sentence: Sentence) -> list[Hit]:
    """Return the capitals that the sentence names as seats of who speaks: "they insist in Kyiv"."""
    found = []
    for hit in sentence.of(Role.SPEAKER, Role.SAYING):
        if hit.role is Role.SAYING and not _THEY_SAY.search(sentence.text, hit.start, hit.end):
            continue
        if (seat := _SEAT.match(sentence.text, hit.end, sentence.end)) is not None and seat["lead"]:
            found.append(_seat(seat))
    found += [
        _seat(seat) for seat in _SEAT.finditer(sentence.text, sentence.start, sentence.end) if _they(sentence, seat)
    ]
    found += [
        _seat(seat)
        for seat in _SEAT.finditer(sentence.text, sentence.start, sentence.end)
        if seat["how"] == "in" and _SAYS.match(sentence.text, seat.end(), sentence.end)
    ]
    first = _SEAT.match(sentence.text, sentence.start, sentence.end)
    if first is not None and any(
        not sentence.text[first.end() : hit.start].strip(", ") and first.end() < hit.start
        for hit in sentence.of(Role.SPEAKER)
    ):
        found.append(_seat(first))
    return found


def capitals_of(sentence: Sentence, start: int, end: int) -> list[Hit]:
    """Return the capitals that a piece of the sentence names with "in", as the parties that sit there."""
    return [_seat(seat) for seat in _SEAT.finditer(sentence.text, start, end)]


def _they(sentence: Sentence, seat: re.Match[str]) -> bool:
    """Return whether a clause begins with "in Kyiv they say": in English that would only be where it was said."""
    before = sentence.text[sentence.start : seat.start()]
    return (
        seat["how"] != "in"
        and (not before or before[-1] in ',;:—–(«"“')
        and any(
            hit.start == seat.end() + 1 and _THEY_SAY.search(sentence.text, hit.start, hit.end)
            for hit in sentence.of(Role.SAYING, Role.OWNING)
        )
    )


def _seat(seat: re.Match[str]) -> Hit:
    party = "UA" if seat["UA"] else "RU"
    return Hit(*seat.span("where"), Entry(id="grammar/seat", role=Role.SPEAKER, patterns=(), party=party))


def _with_seats(sentence: Sentence, found: Sequence[Hit]) -> list[Hit]:
    """Return who speaks: "they insist in Kyiv" names a government, "officials in Kyiv" belong to it."""
    seats = seats_of(sentence)
    told = [_joined(sentence, hit, seats) for hit in found]
    beside = {position for hit in sentence.of(Role.SAYING, Role.OWNING) for position in (hit.end + 1, hit.start - 1)}
    alone = [
        seat for seat in seats if beside & {seat.start, seat.end} and not sentence.text.startswith("in", seat.start)
    ]
    return _once([*told, *alone])


def _joined(sentence: Sentence, hit: Hit, seats: Sequence[Hit]) -> Hit:
    """Return the speaker with the seat right behind it, where only that says whose officials they are."""
    seat = next((one for one in seats if one.start == hit.end + 1), None)
    if seat is None or hit.entry.party in sentence.opponents:
        return hit
    return Hit(hit.start, seat.end, seat.entry)


def _once(hits: Sequence[Hit]) -> list[Hit]:
    """Return one hit for each piece of text: some names are those of a force and of a speaker."""
    return list({(hit.start, hit.end): hit for hit in hits}.values())


def _without_titles(sentence: Sentence, found: list[Hit]) -> list[Hit]:
    """Return who speaks without the title of somebody who is named behind it: "Governor Gladkov"."""
    return [hit for hit in found if not any(_is_title_of(sentence, hit, name) for name in found)]


def _is_title_of(sentence: Sentence, hit: Hit, name: Hit) -> bool:
    """Return whether a name follows a title, with a first name at most between, and no other side's."""
    if hit.role is not Role.SPEAKER or name.entry.party not in sentence.opponents or name.start <= hit.end:
        return False
    if hit.entry.party not in (name.entry.party, "local", None):
        return False
    between = sentence.text[hit.end : name.start]
    return between == " " or _FIRST_NAME.fullmatch(between) is not None


def _without_accused(sentence: Sentence, found: list[Hit]) -> list[Hit]:
    """Return who says so without the side that is accused: what it says in another clause is its answer."""
    accusers = {
        hit.entry.party
        for saying in sentence.of(Role.ACCUSING)
        for hit in found
        if hit.end <= saying.start and sentence.words_between(hit, saying) == 0
    }
    together = any(_joins(sentence, first, second) for first, second in pairwise(found))
    if len(accusers) != 1 or together:
        return found
    accused = sentence.opponents.get(accusers.pop() or "")
    return [hit for hit in found if accused is None or hit.entry.party != accused]


def _on(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a speaker stands before "about": "Ministry on new strikes"."""
    return hit.role is Role.SPEAKER and _ABOUT.match(sentence.text, hit.end) is not None


def _says(sentence: Sentence, hit: Hit, sayings: list[Hit]) -> bool:
    for saying in sayings:
        hard, _ = sentence.boundaries_between(hit.start, saying.start)
        words = sentence.words_between(hit, saying)
        if hit.end <= saying.start:
            limit = 7 if hit.role is Role.SPEAKER else 1
            if words <= limit and not hard and not _act_between(sentence, hit, saying):
                return hit.role is Role.SPEAKER or sentence.between(hit, saying).strip() != ","
        elif (
            words <= (3 if hit.role is Role.SPEAKER else 0)
            and not hard
            and saying.role is Role.SAYING
            and not _act_between(sentence, saying, hit)
            and not (hit.role is Role.FORCE and _is_spoken_of(sentence, hit))
        ):
            return True
    return False


def _is_spoken_of(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a force behind "said" is what is spoken of: "said Russia struck", "said Kyiv had violated"."""
    if not _SPOKEN.match(sentence.text, hit.end):
        return True
    return any(
        act.start >= hit.end
        and act.entry.part is not Part.NOUN
        and not any(mark in sentence.between(hit, act) for mark in ",;:()—–")
        for act in sentence.of(Role.ACT)
    )


def _act_between(sentence: Sentence, first: Hit, second: Hit) -> bool:
    return any(first.end <= hit.start and hit.end <= second.start for hit in sentence.of(Role.ACT))


def _bylines(sentence: Sentence, speakers: list[Hit]) -> list[Hit]:
    """A name before a colon at the start, or after a dash or comma at the end, says what the rest says."""
    return [
        hit
        for hit in speakers
        if (hit.start - sentence.start <= 30 and _before_colon(sentence, hit))
        or (hit.role is Role.SPEAKER and _ends_after_dash(sentence, hit))
    ]


def _before_colon(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a colon follows: right behind a force ("Moscow: ..."), a place later behind an official."""
    colon = _BYLINE.match(sentence.text, hit.end, sentence.end)
    if colon is None or any(hit.end <= act.start < colon.end() for act in sentence.of(Role.ACT, Role.EFFECT)):
        return False
    if hit.role is Role.SPEAKER:
        return True
    if any(act.end <= hit.start and sentence.words_between(act, hit) == 0 for act in sentence.of(Role.ACT)):
        return False  # "Атака окупантів: ...": whose attack it was, and nobody's word.
    lead = sentence.text[max(sentence.start, hit.start - 12) : hit.start]
    return not sentence.text[hit.end : colon.end()].strip(' »"”:') and _LED_UP_TO.search(lead) is None


def _ends_after_dash(sentence: Sentence, hit: Hit) -> bool:
    lead = sentence.text[max(sentence.start, hit.start - 25) : hit.start]
    return sentence.end - hit.end <= 40 and any(mark in lead for mark in ("—", "–", " - ", "- "))
