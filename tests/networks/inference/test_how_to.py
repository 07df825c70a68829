"""The page on what explains ties says what is true."""

import re
from pathlib import Path

import click
import pytest

from networks.inference.dyads import MOST_NODES as MOST_COMPARED
from networks.inference.mrqap import MOST_NODES as MOST_EXPLAINED
from webapp.commands.inference import COMMANDS

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "explain-ties.md").read_text()


def test_the_python_example_gives_what_its_comment_says() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(code, names)
    claimed = re.findall(r"found\.coef  # \((.*?)\)", code)[0]
    assert names["found"].coef == pytest.approx([float(value) for value in claimed.split(", ")])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_on_the_page(command: click.Command) -> None:
    assert f"flask networks {command.name} " in PAGE
    options = {option for parameter in command.params for option in parameter.opts}
    assert {option for option in options - {"--json", "--help"} if option not in PAGE} == set()


def test_the_limits_are_those_of_the_code() -> None:
    assert f"up to {MOST_EXPLAINED:,} people can be" in PAGE
    assert f"up to {MOST_COMPARED:,} compared" in PAGE
