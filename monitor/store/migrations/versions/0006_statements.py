"""What parties declare of a truce."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("statement_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "version"],
            ["report_version.report_id", "report_version.version"],
            name=op.f("fk_statement_report_version"),
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_announced_at"), "statement", ["announced_at"], unique=False)
    op.create_index(op.f("ix_statement_report_id_version"), "statement", ["report_id", "version"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER statement_no_{change.lower()} BEFORE {change} ON statement "
                "BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER statement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
