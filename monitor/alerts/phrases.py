"""The sentences that alerts are made of, where they are put together before it is known who reads them.

An alert is written once, in English, and kept so. What was put together then is taken apart here along the very
sentences it was made with, and said again in the language of a receiver. A text that is none of them stays as it is.
"""

import re
from functools import lru_cache

from monitor.alerts.locale import Locale
from monitor.model.reports import Language

#: Of `monitor.alerts.message`, `arranging`, `escalating`.
_OF_MESSAGES = (
    "What is known of many incidents has changed, or the rules have",
    "Several alerts in one message: %(why)s",
    "they came in quiet hours",
    "they came while their route was muted",
    "a digest",
    "very many came at once",
    "it is critical now",
    "they belong together",
    "This is a test: nothing has happened",
    "test message for the receiver %(name)s",
    "1 event first reported late",
    "%(number)s events first reported late",
    "changes of 1 event told before",
    "changes of %(number)s events told before",
    "%(number)s alerts on 1 event",
    "%(number)s alerts on %(events)s events",
    "Not acknowledged within %(minutes)s minutes: %(told)s",
    "Not acknowledged within 1 minute: %(told)s",
    "Not acknowledged within %(seconds)s seconds: %(told)s",
    "About the monitor itself, and no report of a violation: %(lines)s",
)
#: Of `monitor.model.words`.
_OF_WORDS = (
    "withdrawn: %(reason)s",
    "%(party)s (inferred, not stated)",
    "%(source)s (own report)",
    "somebody whom the reports do not name",
    "place not stated",
    "time not stated",
    "%(place)s (area)",
    "%(place)s (region)",
    "unknown",
)
#: Of `monitor.model.occasions`.
_OF_OCCASIONS = (
    "window opens",
    "window closes soon",
    "window closes",
    "duty due",
    "duty changed",
    "withdrawal announced",
    "extension announced",
)
#: Of `monitor.judging`: why a reading comes to its verdict, and why a violation stands no more.
_OF_REASONS = (
    "its sources no longer say so, or what they now say is no breach",
    "its sources still say so; it is no longer judged a breach",
    "its sources still say so; the agreement %(agreement)s is no longer loaded",
    "no report says when it happened",
    "it happened while the reading held by %(holder)s binds",
    "outside the window of the reading held by %(holder)s",
    "not sure to lie within the window of the reading held by %(holder)s",
    "reports differ on what was struck (%(kinds)s), and the reading tells them apart",
    "the reading held by %(holder)s excludes %(kind)s",
    "the reading held by %(holder)s leaves %(kind)s unclear",
    "facility not named: %(kind)s counts as covered",
    "facility not named: the reading held by %(holder)s covers %(kind)s",
    "the reading held by %(holder)s covers %(kind)s",
    "%(kind)s is not a covered target",
    "the reading held by %(holder)s does not mention %(kind)s",
    "the clause protects facilities wherever they are",
    "the clause protects facilities in %(country)s",
    "the clause does not protect facilities in %(country)s",
    "the country is not stated; the clause protects facilities of all parties",
    "no report says in which country it was",
    "not sure to lie where the reading held by %(holder)s applies",
    "it lies where the reading held by %(holder)s applies",
    "outside the territory of the reading held by %(holder)s",
    "nobody can say who held the ground",
    "it was on %(ground)s, which the reading held by %(holder)s leaves out",
    "it was on %(ground)s; whether that counts is not published",
    "ground occupied by %(party)s",
    "%(party)s's own ground",
    "reached by debris, which the reading held by %(holder)s counts",
    "reached by debris, which the reading held by %(holder)s does not count",
    "reached by debris of an intercepted weapon: whether that counts is not published",
    "reports differ on whether a weapon struck it or debris of one",
    "intercepted; the reading held by %(holder)s counts attempts",
    "intercepted; the reading held by %(holder)s does not count attempts",
    "intercepted; whether an attempt counts is not published",
    "the clause prohibits %(acts)s",
    "the clause does not prohibit %(acts)s",
    "no report says what was done",
    "no report says where it was",
    "no report says who did it",
    "a person found that it was %(party)s; no report has to say so",
    "a report names %(party)s as the attacker",
    "%(party)s follows from the ground only, and a report names %(other)s",
    "attacker inferred from the ground struck, not named by the report",
    "two careful readers might read it otherwise",
    "it may be one of several incidents that are recorded already",
    "by the reading held by %(holder)s not in force: %(condition)s",
    "by the reading held by %(holder)s in force only once %(condition)s; that it was is not known",
    "the condition of the reading held by %(holder)s was met",
    "before the condition of the reading held by %(holder)s was met",
    "not sure to lie after the condition of %(holder)s was met",
    "the exception %(title)s of the reading held by %(holder)s",
    "not sure to fall under %(exception)s",
    "it falls under %(exception)s",
    "it falls under %(exception)s, which leaves it open",
    "it falls under %(exception)s: it counts",
)
PHRASES = (*_OF_MESSAGES, *_OF_WORDS, *_OF_OCCASIONS, *_OF_REASONS)

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
#: Sentences stand within sentences, but no deeper than this.
_DEPTH = 4
#: Nobody puts together a longer one: what is longer is left alone, so that no text can cost much time.
_LONGEST = 1_000


def said(text: str, locale: Locale, depth: int = _DEPTH) -> str:
    """Return a text of an alert in the language of the receiver, as far as it is made of known sentences."""
    if locale.language is Language.ENGLISH or not depth or not text or len(text) > _LONGEST:
        return text
    known = locale.text(text)
    if known != text:
        return known
    for one in (locale.target(text), locale.party(text)):
        if one != text:
            return one
    for message, pattern in _patterns():
        if found := pattern.fullmatch(text):
            values = {name: said(value, locale, depth - 1) for name, value in found.groupdict().items()}
            return locale.text(message, **values)
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the sentences that hold something, those of the most words first: they say the most of what is meant."""
    made = [one for one in PHRASES if _PLACEHOLDER.search(one)]
    made.sort(key=lambda one: -len(_PLACEHOLDER.sub("", one)))
    return tuple((one, _pattern(one)) for one in made)


def _pattern(message: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(message)
    numbers = ("number", "events", "minutes", "seconds")
    return re.compile(
        "".join(
            (f"(?P<{part}>{'[0-9]+' if part in numbers else '.+?'})" if index % 2 else re.escape(part))
            for index, part in enumerate(parts)
        )
    )
