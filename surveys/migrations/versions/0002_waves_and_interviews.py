"""Tables of waves, invitations, interviews and ties."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("instrument_version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'open', 'closed', 'released')", name="ck_wave_status"),
        sa.CheckConstraint("closes_at > opens_at", name="ck_wave_dates"),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"], ["instrument_version.id"], name="fk_wave_instrument_version_id"
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_wave_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wave"),
        sa.UniqueConstraint("study_id", "number", name="uq_wave_study_id_number"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("declined_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_invitation_role_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_invitation_site_id"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_invitation_wave_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sa.UniqueConstraint("wave_id", "person_id", name="uq_invitation_wave_id_person_id"),
    )
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"], unique=False)
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("instrument_version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("last_alter", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("saved_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["instrument_version_id"], ["instrument_version.id"], name="fk_interview_instrument_version_id"
        ),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name="fk_interview_invitation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_interview"),
        sa.UniqueConstraint("invitation_id", name="uq_interview_invitation_id"),
    )
    op.create_table(
        "alter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name="fk_alter_interview_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alter_person_id"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_alter_role_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_alter_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alter"),
        sa.UniqueConstraint("interview_id", "number", name="uq_alter_interview_id_number"),
    )
    op.create_index("ix_alter_person_id", "alter", ["person_id"], unique=False)
    op.create_table(
        "saved_step",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=90), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name="fk_saved_step_interview_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("interview_id", "step", name="pk_saved_step"),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("alter_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("missing", sa.String(length=12), nullable=True),
        sa.Column("other_text", sa.Text(), nullable=True),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.CheckConstraint("missing IN ('not_asked', 'skipped', 'dont_know', 'prefer_not')", name="ck_answer_missing"),
        sa.ForeignKeyConstraint(["alter_id"], ["alter.id"], name="fk_answer_alter_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name="fk_answer_interview_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_alter_id", "answer", ["alter_id"], unique=False)
    op.create_index(
        "uq_answer_question",
        "answer",
        ["interview_id", "item", sa.text("coalesce(alter_id, 0)"), sa.text("coalesce(topic, '')")],
        unique=True,
    )
    op.create_table(
        "nomination",
        sa.Column("alter_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("prompt", sa.String(length=40), nullable=False),
        sa.Column("named_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["alter_id"], ["alter.id"], name="fk_nomination_alter_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alter_id", "page", "prompt", name="pk_nomination"),
    )
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("alter_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("contacts_per_year", sa.Double(), nullable=True),
        sa.Column("formality", sa.String(length=10), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=True),
        sa.Column("mechanism", sa.String(length=40), nullable=True),
        sa.CheckConstraint("direction IN ('get', 'give', 'both')", name="ck_tie_direction"),
        sa.CheckConstraint("formality IN ('formal', 'informal', 'both')", name="ck_tie_formality"),
        sa.CheckConstraint("contacts_per_year >= 0", name="ck_tie_contacts_per_year"),
        sa.ForeignKeyConstraint(["alter_id"], ["alter.id"], name="fk_tie_alter_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name="fk_tie_interview_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tie"),
    )
    op.create_index("ix_tie_interview_id", "tie", ["interview_id"], unique=False)
    op.create_index("ix_tie_alter_id", "tie", ["alter_id"], unique=False)


TABLES = (
    "tie",
    "nomination",
    "answer",
    "saved_step",
    "alter",
    "interview",
    "invitation",
    "wave",
)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
