"""Every setting of the service, read from the environment once; unsafe production values are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "development-only-secret-do-not-use-in-production"  # noqa: S105 - refused in production below
MINIMUM_SECRET_LENGTH = 32
ENVIRONMENTS = ("development", "testing", "production")
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}


class UnsafeSettings(Exception):
    """The service must not start like this; the text says what to set."""

    def __init__(self, remedies: list[str]) -> None:
        self.remedies = tuple(remedies)
        super().__init__("Confer cannot start:\n" + "\n".join(f"- {remedy}" for remedy in remedies))


@dataclass(frozen=True)
class Settings:
    """How one instance of the service runs."""

    environment: str = "production"
    secret_key: str = ""
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'confer.sqlite3'}"
    public_url: str = "http://127.0.0.1:8000"
    debug: bool = False
    nhs_identity: bool = False
    organisation: str = ""
    service_name: str = "Who do you go to?"
    boundaries: str = ""
    proxies: int = 0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """The settings that the environment asks for; raises UnsafeSettings when they must not be used."""
        environment = environ.get("CONFER_ENV", "production")
        settings = cls(
            environment=environment,
            secret_key=environ.get("SECRET_KEY", DEVELOPMENT_SECRET if environment != "production" else ""),
            database_url=environ.get("DATABASE_URL", cls.database_url),
            public_url=environ.get("PUBLIC_URL", cls.public_url).rstrip("/"),
            debug=_flag(environ, "FLASK_DEBUG"),
            nhs_identity=_flag(environ, "NHS_IDENTITY"),
            organisation=environ.get("ORGANISATION", cls.organisation),
            service_name=environ.get("SERVICE_NAME", cls.service_name),
            boundaries=environ.get("BOUNDARIES", cls.boundaries),
            proxies=_count(environ, "PROXIES"),
        )
        settings.refuse_unsafe()
        return settings

    @property
    def in_production(self) -> bool:
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies may only travel over HTTPS."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def host(self) -> str:
        """The only host name that requests may ask for in production."""
        return urlsplit(self.public_url).hostname or ""

    def refuse_unsafe(self) -> None:
        """Raise UnsafeSettings naming each value that must not be used and what to set instead."""
        remedies = _always_refused(self) + (_refused_in_production(self) if self.in_production else [])
        if remedies:
            raise UnsafeSettings(remedies)


def _always_refused(settings: Settings) -> list[str]:
    remedies = []
    if settings.environment not in ENVIRONMENTS:
        remedies.append(f"CONFER_ENV is “{settings.environment}”. Set it to one of: {', '.join(ENVIRONMENTS)}.")
    if urlsplit(settings.public_url).scheme not in ("http", "https") or not settings.host:
        remedies.append(
            "PUBLIC_URL is not a web address. Set it to the address people use, such as https://confer.example."
        )
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        remedies.append("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    if settings.nhs_identity and not settings.organisation:
        remedies.append(
            "NHS_IDENTITY is on without a name. Set ORGANISATION to the NHS organisation that runs this service."
        )
    return remedies


def _refused_in_production(settings: Settings) -> list[str]:
    remedies = []
    if settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < MINIMUM_SECRET_LENGTH:
        remedies.append(
            f"SECRET_KEY is missing, the development one, or shorter than {MINIMUM_SECRET_LENGTH} characters. "
            'Set it to the output of: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if settings.debug:
        remedies.append("FLASK_DEBUG is on. Unset it: the debugger lets anyone run code.")
    if not settings.secure_cookies:
        remedies.append("PUBLIC_URL is not https. Set it to the https:// address that people use.")
    return remedies


def _flag(environ: Mapping[str, str], name: str) -> bool:
    word = environ.get(name, "").strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise UnsafeSettings([f"{name} is “{word}”. Set it to true or false."])
    return word in TRUE_WORDS


def _count(environ: Mapping[str, str], name: str) -> int:
    word = environ.get(name, "0").strip() or "0"
    if not word.isdecimal():
        raise UnsafeSettings(
            [f"{name} is “{word}”. Set it to the number of proxies in front of the service, such as 1."]
        )
    return int(word)
