"""Where the evidentiary copy of a document lies, and the records in it; documents of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("warc_path", sa.Text()),
        ("warc_sha256", sa.Text()),
        ("warc_bytes", sa.BigInteger()),
        ("warc_records", sa.Text()),
    ):
        op.add_column("document", sa.Column(name, kind, nullable=True))
