"""The glossary keeps up with the tables, and defines each word once."""

import re

from surveys.tables import base
from tests.house.repository import ROOT

GLOSSARY = (ROOT / "docs/glossary.md").read_text()
WORDS = re.findall(r"^\| \*\*(.+?)\*\* \|", GLOSSARY, re.MULTILINE)
# Tables that keep the service itself running, not the study.
PLUMBING = {"account", "sign_in", "saved_step"}


def test_each_word_is_defined_once() -> None:
    assert len(WORDS) == len(set(WORDS)) > 20


def test_every_table_of_the_study_is_in_the_glossary() -> None:
    tables = set(base.Base.metadata.tables) - PLUMBING
    assert tables != set()
    assert {table for table in tables if f"`{table}`" not in GLOSSARY} == set()


def test_every_table_that_the_glossary_names_exists() -> None:
    named = set(re.findall(r"\| table `(\w+)` \|", GLOSSARY))
    assert named - set(base.Base.metadata.tables) == set()
