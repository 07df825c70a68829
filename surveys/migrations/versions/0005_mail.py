"""Tables of mail: the outbox, texts, schedules of reminders, and who wants none."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = "kind IN ('invitation', 'reminder')"
STATES = "state IN ('queued', 'sending', 'sent', 'failed', 'skipped', 'bounced')"


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("claimed_by", sa.String(length=16), nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("may_be_twice", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint(KINDS, name="ck_mail_kind"),
        sa.CheckConstraint(STATES, name="ck_mail_state"),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name="fk_mail_invitation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("invitation_id", "kind", "number", name="uq_mail_invitation_id_kind_number"),
        sa.UniqueConstraint("key", name="uq_mail_key"),
    )
    op.create_index("ix_mail_state_not_before", "mail", ["state", "not_before"], unique=False)
    op.create_table(
        "mail_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint(KINDS, name="ck_mail_text_kind"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_mail_text_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_text"),
        sa.UniqueConstraint("study_id", "kind", "language", name="uq_mail_text_study_id_kind_language"),
    )
    op.create_table(
        "reminder_schedule",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("first_after", sa.Integer(), nullable=False),
        sa.Column("then_every", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("on_weekends", sa.Boolean(), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.CheckConstraint("first_after > 0 AND then_every > 0 AND most >= 0", name="ck_reminder_schedule_days"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_reminder_schedule_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", name="pk_reminder_schedule"),
    )
    op.create_table(
        "opt_out",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opted_out_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_opt_out_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_opt_out"),
    )


def downgrade() -> None:
    """What was sent to whom has no place in the tables before, and goes."""
    for table in ("opt_out", "reminder_schedule", "mail_text", "mail"):
        op.drop_table(table)
