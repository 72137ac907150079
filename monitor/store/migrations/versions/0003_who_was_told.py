"""Who was told of which violation; readings that failed; the zone of a publication time that names none."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_violation",
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("violation_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_violation_notice")),
        sa.PrimaryKeyConstraint("notice_id", "violation_id", name=op.f("pk_notice_violation")),
    )
    op.create_index(op.f("ix_notice_violation_violation_id"), "notice_violation", ["violation_id"], unique=False)
    _copy_from_notices()
    op.create_table(
        "failed_reading",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "version"],
            ["report_version.report_id", "report_version.version"],
            name=op.f("fk_failed_reading_report_version"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_failed_reading")),
    )
    op.create_index(
        op.f("ix_failed_reading_report_id_version_seq"), "failed_reading", ["report_id", "version", "seq"], unique=False
    )
    _append_only("failed_reading")
    op.add_column("report_version", sa.Column("published_zone", sa.Text(), nullable=True))


def _copy_from_notices() -> None:
    connection = op.get_bind()
    for notice_id, violation_ids in connection.execute(sa.text("SELECT id, violation_ids FROM notice")).all():
        for violation_id in dict.fromkeys(json.loads(violation_ids)):
            connection.execute(
                sa.text("INSERT INTO notice_violation (notice_id, violation_id) VALUES (:notice, :violation)"),
                {"notice": notice_id, "violation": violation_id},
            )


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
