"""Page times found by interview and step at once, because every save ends the opening of one step."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "page_time"
BY_INTERVIEW, BY_STEP = "ix_page_time_interview_id", "ix_page_time_interview_id_step"


def upgrade() -> None:
    op.create_index(BY_STEP, TABLE, ["interview_id", "step"])
    op.drop_index(BY_INTERVIEW, TABLE)


def downgrade() -> None:
    op.create_index(BY_INTERVIEW, TABLE, ["interview_id"])
    op.drop_index(BY_STEP, TABLE)
