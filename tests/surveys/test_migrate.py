"""The schema goes up and down with data in it, and matches the typed tables."""

import warnings

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from surveys import migrate
from surveys.migrate import FOLDER
from surveys.naming import add_from_roster
from surveys.store import Store, open_store
from surveys.tables import Alter, Answer, Base, Person, SavedStep
from tests.small_study import answered_about_ego, make_small_study
from tests.surveys.whole import first_wave_sent, whole_study

FOREIGN_KEYS = ("add_fk", "remove_fk")
REVISIONS = [revision.revision for revision in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]


def test_the_migrations_make_the_tables_that_the_code_declares(store: Store) -> None:
    with store.engine.connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*expression-based index.*")
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        assert [one for one in found if not (connection.dialect.name == "sqlite" and one[0] in FOREIGN_KEYS)] == []


def test_every_foreign_key_of_the_code_is_in_the_database_with_what_a_deletion_does(store: Store) -> None:
    """SQLAlchemy does not read the rule of a key that SQLite was given with its column, so SQLite itself is asked."""
    if store.engine.dialect.name != "sqlite":
        return
    with store.engine.connect() as connection:
        for table in Base.metadata.tables.values():
            rows = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table.name}")').mappings()
            there = {(row["from"], row["table"], row["to"], row["on_delete"]) for row in rows}
            assert there == {
                (key.parent.name, key.column.table.name, key.column.name, key.ondelete or "NO ACTION")
                for key in table.foreign_keys
            }


def test_one_question_has_one_answer_whatever_its_alter_and_topic(store: Store) -> None:
    with store.writing() as session:
        current = answered_about_ego(session, make_small_study(session))
        number = current.interview.id
    row = """
        INSERT INTO answer (interview_id, page, item, value, saved_at)
        VALUES (:id, 'about_you', 'role', '1', '2026-01-01')
    """
    with pytest.raises(IntegrityError, match="uq_answer_question"), store.engine.begin() as connection:
        connection.execute(text(row), {"id": number})


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_each_revision_goes_down_and_up_with_data_in_the_tables_that_stay(store: Store, revision: str) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        current = answered_about_ego(session, small)
        add_from_roster(
            session,
            current,
            current.instrument.page("advice_names"),
            "any",
            small.people["p3"].key,
            now=current.interview.opened_at,
        )
    migrate.downgrade(store.engine, revision)
    assert migrate.current(store.engine) == revision
    migrate.upgrade(store.engine)
    assert migrate.current(store.engine) == REVISIONS[-1]
    with store.reader() as session:
        assert len(session.scalars(select(Person.reference)).all()) == 6


def test_down_and_up_keeps_every_answer_but_those_about_pairs(store: Store) -> None:
    with store.writing() as session:
        first_wave_sent(session, whole_study(session))
    with store.reader() as session:
        before = session.scalars(select(Answer.id).where(Answer.to_alter_id.is_(None)).order_by(Answer.id)).all()
        alters = session.scalars(select(Alter.id).order_by(Alter.id)).all()
    migrate.downgrade(store.engine, "0002")
    migrate.upgrade(store.engine)
    with store.reader() as session:
        assert session.scalars(select(Answer.id).order_by(Answer.id)).all() == before
        assert session.scalars(select(Alter.id).order_by(Alter.id)).all() == alters
        assert len(alters) == 3 and len(before) > 10
        assert set(session.scalars(select(SavedStep.revision))) == {1}


def test_down_to_nothing_leaves_no_table_and_up_again_works(database_url: str) -> None:
    engine = open_store(database_url).engine
    migrate.upgrade(engine)
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(engine)
    assert "tie" in inspect(engine).get_table_names()
    engine.dispose()
