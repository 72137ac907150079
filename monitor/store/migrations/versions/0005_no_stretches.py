"""Incidents are found by their claims; the stretches of time kept with them are used no more."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_incident_state_near_long_near_start"), table_name="incident_state")
    for name in ("near_start", "near_end", "near_long"):
        op.drop_column("incident_state", name)
