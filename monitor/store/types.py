"""Column types that let nothing in which one of the two databases would refuse, lose or bend."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from monitor.model.times import utc

#: What stands in for a character that cannot be stored. One for one, so that spans still point at the same words.
REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """Return the text with NUL (which PostgreSQL refuses) and lone surrogates (no UTF-8) replaced, one for one."""
    if text.isascii():
        return text.replace("\x00", REPLACEMENT) if "\x00" in text else text
    return "".join(REPLACEMENT if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


def storable_value(value: Any) -> Any:
    """Return a value as it comes back from the database: text made storable, tuples as lists, in any depth."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_value(item) for item in value]
    return value


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive datetimes, gives back aware ones in UTC. SQLite keeps no zone, so UTC is written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime (ValueError); leave the zone out for SQLite."""
        if value is None:
            return None
        moment = utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StorableText(TypeDecorator[str]):
    """Text, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what cannot be stored."""
        return None if value is None else storable(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as text, the same on both databases, byte for byte what was written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write JSON with sorted keys."""
        if value is None:
            return None
        return json.dumps(storable_value(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read it back."""
        return None if value is None else json.loads(value)
