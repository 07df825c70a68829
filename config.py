"""Every setting of the service, read from the environment once; unsafe production values are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "development-only-secret-do-not-use-in-production"  # noqa: S105 - refused in production below
MINIMUM_SECRET_LENGTH = 32
ENVIRONMENTS = ("development", "testing", "production")
CARRIERS = ("", "folder", "smtp", "notify")
SMTP_TLS = ("starttls", "tls", "none")
JOB_STORES = ("sqlite:///", "postgresql://", "redis://", "rediss://")
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}


class UnsafeSettings(Exception):
    """The service must not start like this; the text says what to set."""

    def __init__(self, remedies: list[str]) -> None:
        self.remedies = tuple(remedies)
        super().__init__("Confer cannot start:\n" + "\n".join(f"- {remedy}" for remedy in remedies))


@dataclass(frozen=True)
class MailSettings:
    """How mail goes out: by which carrier, from whom, and where what cannot be delivered goes back to."""

    carrier: str = ""
    sender: str = ""
    returns: str = ""
    folder: str = str(ROOT / "var" / "outbox")
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_tls: str = "starttls"
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_receipts: str = field(default="", repr=False)
    notify_api: str = "https://api.notifications.service.gov.uk"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, carrier: str) -> MailSettings:
        """The settings of mail; `carrier` is used where the environment names none."""
        return cls(
            carrier=environ.get("MAIL_CARRIER", carrier),
            sender=environ.get("MAIL_SENDER", cls.sender),
            returns=environ.get("MAIL_RETURNS", cls.returns),
            folder=environ.get("MAIL_FOLDER", cls.folder),
            smtp_host=environ.get("SMTP_HOST", cls.smtp_host),
            smtp_port=_count(environ, "SMTP_PORT", "the mail server's port, such as 587", cls.smtp_port),
            smtp_user=environ.get("SMTP_USER", cls.smtp_user),
            smtp_password=environ.get("SMTP_PASSWORD", cls.smtp_password),
            smtp_tls=environ.get("SMTP_TLS", cls.smtp_tls),
            notify_key=environ.get("NOTIFY_KEY", cls.notify_key),
            notify_template=environ.get("NOTIFY_TEMPLATE", cls.notify_template),
            notify_receipts=environ.get("NOTIFY_RECEIPTS", cls.notify_receipts),
            notify_api=environ.get("NOTIFY_API", cls.notify_api).rstrip("/"),
        )


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
    mail: MailSettings = field(default_factory=MailSettings)
    jobs: str = f"sqlite:///{ROOT / 'instance' / 'jobs.sqlite3'}"

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
            proxies=_count(environ, "PROXIES", "the number of proxies in front of the service, such as 1"),
            mail=MailSettings.from_environment(environ, carrier="" if environment == "production" else "folder"),
            jobs=environ.get("JOBS", cls.jobs),
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
    if not settings.jobs.startswith(JOB_STORES):
        remedies.append(f"JOBS must begin with {', '.join(JOB_STORES[:-1])} or {JOB_STORES[-1]}.")
    return remedies + _refused_of_mail(settings.mail)


def _refused_of_mail(mail: MailSettings) -> list[str]:
    remedies = []
    if mail.carrier not in CARRIERS:
        remedies.append(f"MAIL_CARRIER is “{mail.carrier}”. Set it to one of: {', '.join(CARRIERS[1:])}.")
    if mail.smtp_tls not in SMTP_TLS:
        remedies.append(f"SMTP_TLS is “{mail.smtp_tls}”. Set it to one of: {', '.join(SMTP_TLS)}.")
    if mail.carrier == "smtp" and not (mail.smtp_host and mail.sender):
        remedies.append(
            "MAIL_CARRIER is smtp. Set SMTP_HOST to the mail server and MAIL_SENDER to the sender's address."
        )
    if mail.carrier == "notify" and not (mail.notify_key and mail.notify_template):
        remedies.append(
            "MAIL_CARRIER is notify. Set NOTIFY_KEY and NOTIFY_TEMPLATE from your account at GOV.UK Notify."
        )
    if mail.notify_receipts and len(mail.notify_receipts) < MINIMUM_SECRET_LENGTH:
        remedies.append(
            f"NOTIFY_RECEIPTS is shorter than {MINIMUM_SECRET_LENGTH} characters. Set it to a long random text, and "
            "enter the same as the bearer token of delivery receipts at GOV.UK Notify."
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
    if settings.mail.carrier == "folder":
        remedies.append("MAIL_CARRIER is folder, which sends nothing. Set it to smtp or notify.")
    if settings.mail.smtp_tls == "none" and settings.mail.smtp_password:
        remedies.append("SMTP_TLS is none, which sends SMTP_PASSWORD in clear. Set it to starttls or tls.")
    if not settings.secure_cookies:
        remedies.append("PUBLIC_URL is not https. Set it to the https:// address that people use.")
    return remedies


def _flag(environ: Mapping[str, str], name: str) -> bool:
    word = environ.get(name, "").strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise UnsafeSettings([f"{name} is “{word}”. Set it to true or false."])
    return word in TRUE_WORDS


def _count(environ: Mapping[str, str], name: str, what: str, otherwise: int = 0) -> int:
    word = environ.get(name, "").strip() or str(otherwise)
    if not word.isdecimal():
        raise UnsafeSettings([f"{name} is “{word}”. Set it to {what}."])
    return int(word)
