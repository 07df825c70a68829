"""Revisions of mail texts and reminder schedules, texts taken back, and what is known to be delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ADDED = (
    ("mail_text", "revision", sa.Integer(), "1"),
    ("mail_text", "own", sa.Boolean(), sa.true()),
    ("reminder_schedule", "revision", sa.Integer(), "1"),
    ("mail", "delivered_at", sa.DateTime(timezone=True), None),
)


def upgrade() -> None:
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))


def downgrade() -> None:
    """Texts that were taken back have no place in the tables before, and go."""
    op.execute(sa.text("DELETE FROM mail_text WHERE NOT own"))
    for table, name, *_ in reversed(ADDED):
        op.drop_column(table, name)
