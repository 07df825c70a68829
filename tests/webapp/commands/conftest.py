"""Commands run as from a shell, over a database with tables and nothing in them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import instruments

LIBRARY = Path(instruments.__file__).parent / "library" / "gde.yaml"
SITES = "code,name,region\nA,Alpha Hospital,London\nB,Beta Hospital,Midlands\n"
STAFF = "reference,name,email,site,role\nE1,Ann Bell,ann@example.org,A,nurse\nE2,Raj Khan,,B,it\n"
AGREED = ("--with", "The trial's sites", "--who-sees", "Sites see counts.", "--no-judging", "--on", "2026-10-01")

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run one command line; keywords go to click (`input`)."""
    runner = app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=[str(word) for word in words], **options)


@pytest.fixture
def succeed(run: Run) -> Callable[..., str]:
    """Run a command that must end well; gives what it printed."""

    def go(*words: object, **options: object) -> str:
        result = run(*words, **options)
        assert result.exit_code == 0, result.output
        return result.stdout

    return go


@pytest.fixture
def refuse(run: Run) -> Callable[..., str]:
    """Run a command that must be refused; gives what it said on the error output."""

    def go(*words: object, code: int = 1, **options: object) -> str:
        result = run(*words, **options)
        assert (result.exit_code, result.stdout) == (code, ""), result.output
        assert isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.stderr
        return result.stderr

    return go


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    """A file with a text in it."""

    def make(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return make


@pytest.fixture
def ready(succeed, file) -> None:
    """A study with sites, a questionnaire, two people and a planned wave."""
    succeed("study", "create", "trial", "A trial")
    succeed("agreement", "record", *AGREED)
    succeed("study", "import-sites", file("sites.csv", SITES))
    succeed("instruments", "publish", LIBRARY)
    succeed("study", "import-people", file("staff.csv", STAFF))
    succeed("waves", "add", "Autumn", "--opens", "2026-11-01", "--closes", "2026-11-30")
