"""Finding claims by when their events can have been."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_claim_event_start"), "claim", ["event_start"], unique=False)
    op.create_index(op.f("ix_report_version_published"), "report_version", ["published"], unique=False)
