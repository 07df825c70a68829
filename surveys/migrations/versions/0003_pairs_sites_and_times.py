"""Steps' revisions, people carried from the wave before, ties between alters and sites, and page times."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
QUESTION = (sa.text("interview_id"), sa.text("item"), sa.text("coalesce(alter_id, 0)"), sa.text("coalesce(topic, '')"))
REFERENCES = (
    ("interview", "previous_id", "interview", "SET NULL"),
    ("alter", "carried_from_id", "alter", "SET NULL"),
    ("answer", "to_alter_id", "alter", "CASCADE"),
)
SAVED_BEFORE = "1"


def upgrade() -> None:
    op.add_column("interview", sa.Column("seed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("interview", sa.Column("simulated", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("saved_step", sa.Column("revision", sa.Integer(), nullable=False, server_default=SAVED_BEFORE))
    for table, column, other, on_delete in REFERENCES:
        _add_reference(table, column, other, on_delete)
    op.drop_index("uq_answer_question", table_name="answer")
    op.create_index("uq_answer_question", "answer", [*QUESTION, sa.text("coalesce(to_alter_id, 0)")], unique=True)
    _create_tables()


def _add_reference(table: str, column: str, other: str, on_delete: str) -> None:
    """In SQL of both engines: SQLite takes a foreign key only together with its column, unless the table is rebuilt."""
    op.execute(
        f'ALTER TABLE "{table}" ADD COLUMN {column} INTEGER '
        f'CONSTRAINT fk_{table}_{column} REFERENCES "{other}" (id) ON DELETE {on_delete}'
    )
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def _create_tables() -> None:
    op.create_table(
        "alter_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("low_alter_id", sa.Integer(), nullable=False),
        sa.Column("high_alter_id", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name="fk_alter_tie_interview_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["low_alter_id"], ["alter.id"], name="fk_alter_tie_low_alter_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["high_alter_id"], ["alter.id"], name="fk_alter_tie_high_alter_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alter_tie"),
        sa.UniqueConstraint(
            "interview_id",
            "relation",
            "low_alter_id",
            "high_alter_id",
            name="uq_alter_tie_interview_id_relation_low_alter_id_high_alter_id",
        ),
    )
    op.create_index("ix_alter_tie_low_alter_id", "alter_tie", ["low_alter_id"], unique=False)
    op.create_index("ix_alter_tie_high_alter_id", "alter_tie", ["high_alter_id"], unique=False)
    op.create_table(
        "site_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name="fk_site_tie_interview_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_tie_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_site_tie"),
        sa.UniqueConstraint(
            "interview_id", "relation", "site_id", "value", name="uq_site_tie_interview_id_relation_site_id_value"
        ),
    )
    op.create_index("ix_site_tie_site_id", "site_tie", ["site_id"], unique=False)
    op.create_table(
        "page_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=90), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("device", sa.String(length=10), nullable=False),
        sa.CheckConstraint("device IN ('desktop', 'tablet', 'phone')", name="ck_page_time_device"),
        sa.CheckConstraint("seconds >= 0", name="ck_page_time_seconds"),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name="fk_page_time_interview_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_page_time"),
    )
    op.create_index("ix_page_time_interview_id", "page_time", ["interview_id"], unique=False)


def downgrade() -> None:
    """Answers about pairs have no place in the tables before, and go."""
    for table in ("page_time", "site_tie", "alter_tie"):
        op.drop_table(table)
    op.execute("DELETE FROM answer WHERE to_alter_id IS NOT NULL")
    op.drop_index("uq_answer_question", table_name="answer")
    for table, column, _, _ in REFERENCES:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.drop_column(table, column)
    op.create_index("uq_answer_question", "answer", QUESTION, unique=True)
    for table, column in (("saved_step", "revision"), ("interview", "simulated"), ("interview", "seed")):
        op.drop_column(table, column)
