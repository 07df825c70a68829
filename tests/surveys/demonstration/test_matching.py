"""The demonstration shows matching: most of those typed are found, some wait, and typed names are kept apart."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import func, select

from surveys import frames
from surveys.demonstration.minds import TYPED_NAMES
from surveys.demonstration.typed_names import as_typed
from surveys.matching.standing import who
from surveys.store import Store
from surveys.tables import Alter, Study, TypedName


def test_colleagues_who_were_typed_are_found_and_strangers_are_not(middling: Store) -> None:
    with middling.reader() as session:
        study = session.scalars(select(Study.id)).one()
        meant = who(session, study)
        assert len(meant) == session.scalar(select(func.count()).select_from(TypedName)) > 5
        labels = dict(session.execute(select(TypedName.alter_id, TypedName.name)).all())
        strangers = {alter for alter, label in labels.items() if label in TYPED_NAMES}
        found = {alter for alter, one in meant.items() if one.on_roster}
        assert strangers and found
        assert not strangers & found


def test_no_typed_name_stays_with_the_answers_that_were_sent(middling: Store) -> None:
    with middling.reader() as session:
        study = session.scalars(select(Study.id)).one()
        kept = set(session.scalars(select(TypedName.name)))
        sent = set(frames.ties(session, study)["alter"])
        assert kept and not kept & sent
        assert not kept & set(session.scalars(select(Alter.label).where(Alter.id.in_(select(TypedName.alter_id)))))


@pytest.mark.parametrize("seed", range(12))
def test_a_name_is_typed_with_both_its_words_or_an_initial(seed: int) -> None:
    typed = as_typed("Rachel Owen", Random(seed))
    assert len(typed.split()) == 2
    assert typed[0] in "RO"
    assert as_typed("Rachel Owen", Random(seed)) == typed
