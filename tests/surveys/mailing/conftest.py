"""The small study with everyone's invitation in the outbox."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys.mailing.queueing import queue_invitations
from tests.small_study import KEY, NOW, SmallStudy


@pytest.fixture
def queued(session: Session, small: SmallStudy) -> SmallStudy:
    """The small study with everyone's invitation in the outbox."""
    assert queue_invitations(session, small.wave, key=KEY, now=NOW).added == 6
    return small
