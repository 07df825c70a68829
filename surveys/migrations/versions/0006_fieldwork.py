"""Agreements, what happens to sites, whom a wave asks and how it was reached, and open links of sites."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CHECKED = (
    (
        "wave",
        "sample",
        "VARCHAR(10) NOT NULL DEFAULT 'all'",
        "sample",
        "sample IN ('all', 'quota', 'snowball', 'panel')",
    ),
    ("wave", "quota", "INTEGER", "quota", "quota > 0"),
    ("wave", "target", "{double} NOT NULL DEFAULT 0.6", "target", "target > 0 AND target <= 1"),
    (
        "invitation",
        "came_by",
        "VARCHAR(10) NOT NULL DEFAULT 'roster'",
        "came_by",
        "came_by IN ('roster', 'link', 'snowball')",
    ),
)
NO, FIRST = sa.false(), "1"
PLAIN = (
    ("study", "snowball_allowed", sa.Boolean(), NO),
    ("study", "open_links_allowed", sa.Boolean(), NO),
    ("study", "revision", sa.Integer(), FIRST),
    ("wave", "revision", sa.Integer(), FIRST),
    ("wave", "released_at", INSTANT, None),
    ("invitation", "unreachable_at", INSTANT, None),
)


def upgrade() -> None:
    for table, name, kind, default in PLAIN:
        op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))
    double = sa.Double().compile(dialect=op.get_bind().dialect)
    for table, name, column, check, rule in CHECKED:
        declared = f"{name} {column.format(double=double)} CONSTRAINT ck_{table}_{check} CHECK ({rule})"
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {declared}')
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("agreed_with", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("who_sees_what", sa.Text(), nullable=False),
        sa.Column("no_judging", sa.Boolean(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=254), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("no_judging", name="ck_agreement_no_judging"),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name="fk_agreement_study_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
    )
    op.create_index("ix_agreement_study_id", "agreement", ["study_id"], unique=False)
    op.create_table(
        "site_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("before", sa.String(length=400), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("recorded_by", sa.String(length=254), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('merged', 'moved', 'renamed', 'closed')", name="ck_site_event_kind"),
        sa.CheckConstraint("(kind = 'merged') = (into_id IS NOT NULL)", name="ck_site_event_into"),
        sa.CheckConstraint("into_id <> site_id", name="ck_site_event_other"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_event_site_id"),
        sa.ForeignKeyConstraint(["into_id"], ["site.id"], name="fk_site_event_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_site_event"),
    )
    op.create_index("ix_site_event_site_id", "site_event", ["site_id"], unique=False)
    op.create_table(
        "open_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.CheckConstraint("used >= 0 AND used <= most", name="ck_open_link_used"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_open_link_wave_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_open_link_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_open_link"),
        sa.UniqueConstraint("wave_id", "site_id", name="uq_open_link_wave_id_site_id"),
        sa.UniqueConstraint("token_hash", name="uq_open_link_token_hash"),
    )


def downgrade() -> None:
    op.drop_table("open_link")
    op.drop_index("ix_site_event_site_id", table_name="site_event")
    op.drop_table("site_event")
    op.drop_index("ix_agreement_study_id", table_name="agreement")
    op.drop_table("agreement")
    for table, name, *_ in (*reversed(CHECKED), *reversed(PLAIN)):
        op.drop_column(table, name)
