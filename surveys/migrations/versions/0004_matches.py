"""Tables of typed names, identities, matches, questions about them, and the record of decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ADDRESS = sa.String(length=254)
FINAL = "The record of decisions is not changed."
SQLITE_TRIGGER = """
    CREATE TRIGGER match_decision_no_{act} BEFORE {act} ON match_decision
    BEGIN SELECT RAISE(ABORT, '{text}'); END
"""
POSTGRES_FUNCTION = """
    CREATE FUNCTION match_decision_final() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '{text}'; END $$
"""
POSTGRES_TRIGGER = """
    CREATE TRIGGER match_decision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON match_decision
    FOR EACH STATEMENT EXECUTE FUNCTION match_decision_final()
"""


def upgrade() -> None:
    op.create_table(
        "typed_name",
        sa.Column("alter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Boolean(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.CheckConstraint("position OR name IS NOT NULL", name="ck_typed_name_name"),
        sa.ForeignKeyConstraint(["alter_id"], ["alter.id"], name="fk_typed_name_alter_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alter_id", name="pk_typed_name"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("alter_id", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_identity_study_id"),
        sa.ForeignKeyConstraint(["alter_id"], ["alter.id"], name="fk_identity_alter_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
        sa.UniqueConstraint("key", name="uq_identity_key"),
        sa.UniqueConstraint("alter_id", name="uq_identity_alter_id"),
    )
    op.create_index("ix_identity_study_id", "identity", ["study_id"], unique=False)
    op.create_table(
        "match",
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("decided_by", ADDRESS, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (same_as_id IS NULL)", name="ck_match_one"),
        sa.CheckConstraint("same_as_id <> identity_id", name="ck_match_other"),
        sa.CheckConstraint("how IN ('automatic', 'confirmed')", name="ck_match_how"),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name="ck_match_score"),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name="fk_match_identity_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_match_person_id"),
        sa.ForeignKeyConstraint(["same_as_id"], ["identity.id"], name="fk_match_same_as_id"),
        sa.PrimaryKeyConstraint("identity_id", name="pk_match"),
    )
    op.create_index("ix_match_person_id", "match", ["person_id"], unique=False)
    op.create_index("ix_match_same_as_id", "match", ["same_as_id"], unique=False)
    _create_questions()
    _create_record()


def _create_questions() -> None:
    op.create_table(
        "match_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("alike", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("decided_by", ADDRESS, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (other_id IS NULL)", name="ck_match_question_one"),
        sa.CheckConstraint(
            "status IN ('waiting', 'again', 'same', 'different', 'left')", name="ck_match_question_status"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_match_question_study_id"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identity.id"], name="fk_match_question_identity_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_match_question_person_id"),
        sa.ForeignKeyConstraint(["other_id"], ["identity.id"], name="fk_match_question_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_match_question"),
        sa.UniqueConstraint("identity_id", "person_id", name="uq_match_question_identity_id_person_id"),
        sa.UniqueConstraint("identity_id", "other_id", name="uq_match_question_identity_id_other_id"),
    )
    for column in ("study_id", "person_id", "other_id"):
        op.create_index(f"ix_match_question_{column}", "match_question", [column], unique=False)


def _create_record() -> None:
    op.create_table(
        "match_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("names", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", ADDRESS, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "what IN ('automatic', 'confirmed', 'refused', 'undone', 'forgotten')", name="ck_match_decision_what"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_match_decision_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_match_decision"),
        sa.UniqueConstraint("undoes_id", name="uq_match_decision_undoes_id"),
    )
    op.create_index("ix_match_decision_study_id", "match_decision", ["study_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(act=act, text=FINAL))
    else:
        op.execute(POSTGRES_FUNCTION.format(text=FINAL))
        op.execute(POSTGRES_TRIGGER)


def downgrade() -> None:
    """Typed names and what was decided about them have no place in the tables before, and go."""
    for table in ("match_decision", "match_question", "match", "identity", "typed_name"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION match_decision_final()")
