"""`flask agreement` and `flask settings`: what must be agreed, and what a study permits."""

from tests.webapp.commands.conftest import AGREED


def test_a_wave_opens_once_the_agreement_is_recorded(succeed, refuse, ready: None) -> None:
    succeed("study", "create", "other", "Another")
    assert "Record it with: flask agreement record" in succeed("agreement", "show")
    assert "was agreed that no one is judged" in refuse("agreement", "record", *AGREED[:4])
    assert "must not lie ahead" in refuse("agreement", "record", *AGREED[:5], "--on", "2027-01-01")
    assert succeed("agreement", "record", *AGREED) == "Recorded for the study “other”. Its waves may open.\n"


def test_no_wave_opens_without_an_agreement(succeed, refuse, store, ready: None) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM agreement")
    assert "flask agreement record" in refuse("waves", "open", 1)
    assert succeed("waves", "list").splitlines()[1].split()[2] == "draft"


def test_every_agreement_stays_on_record(succeed, ready: None) -> None:
    succeed("agreement", "record", "--with", "One more", *AGREED[2:], "--reference", "REC 7", "--by", "Ann")
    told = succeed("agreement", "show").split("\n\n")
    assert told[0].splitlines() == [
        "2026-10-01, with One more (REC 7)",
        "Who may see what: Sites see counts.",
        "No one is judged by what is said.",
        "Recorded 2026-11-02 09:00 GMT by Ann",
    ]
    assert told[1].startswith("2026-10-01, with The trial's sites\n")


def test_settings_are_changed_one_by_one(succeed, refuse, ready: None) -> None:
    assert succeed("settings", "show").splitlines()[1:] == [
        "name        A trial",
        "snowball    no",
        "open links  no",
    ]
    assert "snowball    yes" in succeed("settings", "change", "--snowball")
    assert "name        A longer trial" in succeed("settings", "change", "--name", " A longer trial ", "--open-links")
    assert succeed("settings", "change", "--snowball") == "That is how they stand. Nothing was changed.\n"
    assert "1 to 200 characters" in refuse("settings", "change", "--name", " ")
    assert succeed("settings", "show").splitlines()[2:] == ["snowball    yes", "open links  yes"]
