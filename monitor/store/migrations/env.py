"""Alembic's entry: runs the steps on the connection that the runner gives."""

from alembic import context

from monitor.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
