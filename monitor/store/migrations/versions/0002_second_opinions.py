"""Second opinions on borderline claims."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("question_sha256", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("quotes", sa.Text(), nullable=False),
        sa.Column("stance_before", sa.Text(), nullable=False),
        sa.Column("stance_after", sa.Text(), nullable=False),
        sa.Column("confidence_before", sa.Text(), nullable=False),
        sa.Column("confidence_after", sa.Text(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=True),
        sa.Column("completion_tokens", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.claim_id"], name=op.f("fk_opinion_claim")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_claim_id_seq"), "opinion", ["claim_id", "seq"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER opinion_no_{change.lower()} BEFORE {change} ON opinion "
                "BEGIN SELECT RAISE(ABORT, 'opinion is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER opinion_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON opinion "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
