"""Where duties stood over time."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_state",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("clause_id", sa.Text(), nullable=False),
        sa.Column("reading_id", sa.Text(), nullable=True),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_duty_state")),
    )
    op.create_index(
        op.f("ix_duty_state_agreement_id_clause_id_seq"),
        "duty_state",
        ["agreement_id", "clause_id", "seq"],
        unique=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER duty_state_no_{change.lower()} BEFORE {change} ON duty_state "
                "BEGIN SELECT RAISE(ABORT, 'duty_state is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER duty_state_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duty_state "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
