"""How a receiver is spoken to: in which language, and by which clock.

The catalogues are `locales/*.po` beside this file, as translators know them. They are compiled when they are first
needed, so that what is shipped is what was translated; tests/alerts/test_languages.py checks that none lacks a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from monitor.model.reports import Language

#: What Babel calls our languages: British, because a day comes before its month here.
_BABEL = {Language.ENGLISH: "en_GB", Language.UKRAINIAN: "uk", Language.RUSSIAN: "ru"}
#: Context of the words for what was struck, in the catalogues.
TARGET = "target"
#: An event time that ends so shortly before midnight ends with the day.
_LAST_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Locale:
    """One language, one clock, and the names of parties in that language."""

    language: Language = Language.ENGLISH
    #: After the IANA database: "Europe/Kyiv".
    time_zone: str = "UTC"
    #: In that language, by their English names.
    party_names: tuple[tuple[str, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Return whether it is how alerts are written in the first place: English, by the clock of the world."""
        return self.language is Language.ENGLISH and self.time_zone == "UTC"

    @property
    def translations(self) -> NullTranslations:
        """Return the catalogue; of English an empty one, because the messages themselves are English."""
        return catalogue(self.language)

    def text(self, message: str, /, **values: object) -> str:
        """Return a message of the catalogue in this language, with its `%(name)s` filled in."""
        return self.translations.gettext(message) % values if values else self.translations.gettext(message)

    def count(self, one: str, many: str, number: int) -> str:
        """Return a message that counts, with its `%(num)s` filled in."""
        return self.translations.ngettext(one, many, number) % {"num": number}

    def target(self, kind: str) -> str:
        """Return the words for a class of target; English where the catalogue has none."""
        return self.translations.pgettext(TARGET, kind)

    def party(self, name: str) -> str:
        """Return a party's name, given the English one; the same where no agreement has another."""
        return dict(self.party_names).get(name, name)

    def day(self, moment: datetime) -> str:
        """Return the day, by the receiver's clock: "2 April 2025"."""
        return _date(self._local(moment), self.language)

    def moment(self, moment: datetime) -> str:
        """Return an instant by the receiver's clock, with how far that is from UTC: "2 April 2025 12:15 UTC+3"."""
        local = self._local(moment)
        return f"{_date(local, self.language)} {local:%H:%M} {_offset(local)}"

    def event_time(self, start: datetime, end: datetime) -> str:
        """Return when something happened, as exactly as it is known and no more (`monitor.model.words.event_time`)."""
        if start == end:
            return self.moment(start)
        # An interval may end with the first instant of the next day; that day is not meant.
        first, last = self._local(start), self._local(end - timedelta(microseconds=1))
        if first.date() != last.date():
            return self.text("between %(start)s and %(end)s", start=self.moment(start), end=self.moment(end))
        if first.time() == time() and end.astimezone(UTC) >= _midnight_after(first) - _LAST_MINUTE:
            return f"{self.day(start)} ({_offset(first)})"
        until = self._local(end)
        hours = self.text("%(start)s to %(end)s", start=f"{first:%H:%M}", end=f"{until:%H:%M}")
        return f"{self.day(start)}, {hours} {_offset(until)}"

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.time_zone))


#: How alerts are written in the first place.
PLAIN = Locale()


@lru_cache(maxsize=8)
def catalogue(language: Language) -> NullTranslations:
    """Return the messages of a language, compiled."""
    if language is Language.ENGLISH:
        return NullTranslations()
    source = files("monitor.alerts").joinpath("locales", f"{language.value}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=_BABEL[language], abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)


def names_in(language: Language, parties: Mapping[str, Mapping[Language, str]]) -> tuple[tuple[str, str], ...]:
    """Return the names of parties in a language by their English names; those that have none are left out."""
    return tuple(sorted((name, others[language]) for name, others in parties.items() if language in others))


def _date(local: datetime, language: Language) -> str:
    return format_date(local.date(), "long", locale=_BABEL[language])


def _midnight_after(local: datetime) -> datetime:
    following = local.date() + timedelta(days=1)
    return datetime.combine(following, time(), local.tzinfo).astimezone(UTC)


def _offset(local: datetime) -> str:
    """Return how far a clock is from UTC: "UTC", "UTC+3", "UTC-3:30"."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "")
