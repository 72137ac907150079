"""Whether a statement came with a backlog, which alerts nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statement", sa.Column("backlog", sa.Boolean(), nullable=False, server_default=sa.false()))
