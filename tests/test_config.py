"""Settings come from the environment; values that must not be used name what to set instead."""

import pytest

from config import DEVELOPMENT_SECRET, Settings, UnsafeSettings

GOOD = {"CONFER_ENV": "production", "SECRET_KEY": "s" * 48, "PUBLIC_URL": "https://confer.example/"}


def test_good_settings_are_taken_as_they_are() -> None:
    settings = Settings.from_environment(GOOD | {"NHS_IDENTITY": "yes", "ORGANISATION": "A trust", "PROXIES": "2"})
    assert settings.public_url == "https://confer.example"
    assert (settings.nhs_identity, settings.organisation, settings.proxies) == (True, "A trust", 2)
    assert settings.secure_cookies
    assert settings.host == "confer.example"


def test_development_needs_nothing() -> None:
    settings = Settings.from_environment({"CONFER_ENV": "development"})
    assert settings.secret_key == DEVELOPMENT_SECRET
    assert not settings.secure_cookies


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET}, "SECRET_KEY"),
        ({"PUBLIC_URL": "http://confer.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "confer.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "javascript:alert(1)"}, "PUBLIC_URL"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"FLASK_DEBUG": "perhaps"}, "FLASK_DEBUG"),
        ({"CONFER_ENV": "prod"}, "CONFER_ENV"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"NHS_IDENTITY": "true"}, "NHS_IDENTITY"),
        ({"PROXIES": "one"}, "PROXIES"),
        ({"MAIL_CARRIER": "pigeon"}, "MAIL_CARRIER"),
        ({"MAIL_CARRIER": "folder"}, "MAIL_CARRIER"),
        ({"MAIL_CARRIER": "smtp", "MAIL_SENDER": "a@example.org"}, "SMTP_HOST"),
        ({"MAIL_CARRIER": "smtp", "SMTP_HOST": "mail.example"}, "MAIL_SENDER"),
        ({"MAIL_CARRIER": "notify", "NOTIFY_KEY": "k"}, "NOTIFY_TEMPLATE"),
        ({"SMTP_TLS": "yes"}, "SMTP_TLS"),
        ({"SMTP_TLS": "none", "SMTP_PASSWORD": "p"}, "SMTP_PASSWORD"),
        ({"SMTP_PORT": "mail"}, "SMTP_PORT"),
        ({"JOBS": "mysql://x"}, "JOBS"),
    ],
)
def test_a_bad_value_is_named_with_its_remedy(change: dict[str, str], named: str) -> None:
    with pytest.raises(UnsafeSettings, match=rf"- .*{named}"):
        Settings.from_environment(GOOD | change)


def test_mail_goes_into_a_folder_in_development_and_nowhere_in_production_until_it_is_set() -> None:
    assert Settings.from_environment({"CONFER_ENV": "development"}).mail.carrier == "folder"
    assert Settings.from_environment(GOOD).mail.carrier == ""
    smtp = {"MAIL_CARRIER": "smtp", "SMTP_HOST": "mail.example", "MAIL_SENDER": "a@example.org", "SMTP_PASSWORD": "p"}
    settings = Settings.from_environment(GOOD | smtp)
    assert (settings.mail.smtp_port, settings.mail.smtp_tls, settings.mail.smtp_password) == (587, "starttls", "p")
    assert "smtp_password" not in repr(settings)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnsafeSettings) as refused:
        Settings.from_environment({})
    assert len(refused.value.remedies) == 2
