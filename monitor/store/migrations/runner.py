"""Runs Alembic from within the package: no alembic.ini, and the same from a wheel as from a checkout.

Alembic takes a while to import, and most databases are as new as the program: it is imported where a step is to be
taken.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from monitor.store.tables import Base

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"
#: The newest version: that of the last step in `versions`.
HEAD = "0013"


class UnknownVersion(Exception):  # noqa: N818 - never seen by a user; the store words the error
    """The database is at a version that this program has no step for."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(version)


def config(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration, with the connection that `env.py` is to use."""
    from alembic.config import Config

    made = Config()
    # "%" starts an interpolation in Alembic's configuration.
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def heads() -> tuple[str, ...]:
    """Return the newest versions, as Alembic finds them among the steps; there is one, `HEAD`."""
    from alembic.script import ScriptDirectory

    return tuple(ScriptDirectory.from_config(config()).get_heads())


def is_at_head(connection: Connection) -> bool:
    """Return whether the database has the newest schema."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return False
    return list(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars()) == [HEAD]  # noqa: S608


def upgrade(connection: Connection) -> None:
    """Apply the steps that are missing, in the transaction of this connection.

    Raises:
        UnknownVersion: the database is at a version that is not known here.
    """
    from alembic import command
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    script = ScriptDirectory.from_config(config())
    for version in MigrationContext.configure(connection).get_current_heads():
        try:
            known = script.get_revision(version)
        except CommandError as error:
            raise UnknownVersion(version) from error
        if known is None:
            raise UnknownVersion(version)
    command.upgrade(config(connection), "head")


def differences(connection: Connection) -> list[Any]:
    """Return how the database differs from the table classes; empty at head."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))
