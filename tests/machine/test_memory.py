"""What was found in the store is remembered until anyone writes to it."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from surveys.store import open_store
from tests.machine.setting import Memory


def test_a_question_is_asked_again_only_after_something_was_written(tmp_path: Path):
    store, asked = open_store(f"sqlite:///{tmp_path / 'store.db'}"), count(1)
    with closing(sqlite3.connect(tmp_path / "store.db")) as watch:
        memory = Memory(watch)
        assert [memory.recall(("ada", "state"), lambda: next(asked)) for _ in range(2)] == [1, 1]
        assert memory.recall(("ben", "state"), lambda: next(asked)) == 2
        with store.writing() as session:
            session.connection().exec_driver_sql("CREATE TABLE kept (n INTEGER)")
        assert memory.recall(("ada", "state"), lambda: next(asked)) == 3
        with store.writing() as session:
            session.connection().exec_driver_sql("INSERT INTO kept VALUES (1)")
        assert memory.recall(("ada", "state"), lambda: next(asked)) == 4
    store.engine.dispose()
