"""Tables of accounts, studies, sites and people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('administrator', 'evaluator', 'analyst')", name="ck_account_role"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_study"),
        sa.UniqueConstraint("code", name="uq_study_code"),
    )
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_instrument_version_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_instrument_version"),
        sa.UniqueConstraint(
            "study_id", "instrument", "version", name="uq_instrument_version_study_id_instrument_version"
        ),
    )
    op.create_table(
        "mechanism",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('formal', 'informal', 'intermediary')", name="ck_mechanism_kind"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_mechanism_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mechanism"),
        sa.UniqueConstraint("study_id", "code", name="uq_mechanism_study_id_code"),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_role_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("study_id", "code", name="uq_role_study_id_code"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_sign_in_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_token_hash"),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"], unique=False)
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ods_code", sa.String(length=10), nullable=True),
        sa.Column("designation", sa.String(length=20), nullable=True),
        sa.Column("care_setting", sa.String(length=40), nullable=True),
        sa.Column("core_system", sa.String(length=80), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=True),
        sa.Column("grouping", sa.String(length=120), nullable=True),
        sa.Column("town", sa.String(length=120), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("designation IN ('exemplar', 'fast follower')", name="ck_site_designation"),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name="ck_site_latitude"),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name="ck_site_longitude"),
        sa.ForeignKeyConstraint(["pair_id"], ["site.id"], name="fk_site_pair_id"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_site_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("study_id", "code", name="uq_site_study_id_code"),
    )
    op.create_index("ix_site_study_id", "site", ["study_id"], unique=False)
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_topic_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("study_id", "code", name="uq_topic_study_id_code"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("job_title", sa.String(length=200), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.String(length=800), nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_person_role_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_person_site_id"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_person_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("key", name="uq_person_key"),
        sa.UniqueConstraint("study_id", "reference", name="uq_person_study_id_reference"),
    )
    op.create_index("ix_person_site_id", "person", ["site_id"], unique=False)


TABLES = (
    "person",
    "topic",
    "site",
    "sign_in",
    "role",
    "mechanism",
    "instrument_version",
    "study",
    "account",
)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
