"""Carries mail by GOV.UK Notify: its HTTP API, with a signed token for each request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from exchange.mail.carriers import CarrierDown
from surveys.mailing.letters import Letter
from surveys.mailing.outbox import Outcome

API = "https://api.notifications.service.gov.uk"
TIMEOUT_SECONDS = 30
UUID_LENGTH = 36
DOWN = {401, 403, 404, 408, 429}
ASK_AGAIN = "GOV.UK Notify cannot be reached. Check the connection to it, and NOTIFY_KEY."
BAD_ADDRESS = ("email_address Not a valid email address", "email_address is a required property")


class NotifyRefused(Exception):
    """These settings cannot be used with GOV.UK Notify; the text says what to set."""


@dataclass(frozen=True)
class NotifyAccount:
    """An API key, and the template that mails are sent by: its subject is ((subject)), its message ((body))."""

    key: str = field(repr=False)
    template: str
    api: str = API

    def __post_init__(self) -> None:
        if len(self.key) < 2 * UUID_LENGTH + 1:
            raise NotifyRefused(
                "NOTIFY_KEY is no API key of GOV.UK Notify. Copy the whole of it: name, service, secret."
            )
        if len(self.template) != UUID_LENGTH:
            raise NotifyRefused(
                "NOTIFY_TEMPLATE is no template's ID. Copy it from the template's page at GOV.UK Notify."
            )
        if urlsplit(self.api).scheme not in ("http", "https"):
            raise NotifyRefused("NOTIFY_API is no web address.")

    def token(self, now: datetime) -> str:
        """A JSON Web Token (RFC 7519, HS256) that the API takes for half a minute."""
        service, secret = self.key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], self.key[-UUID_LENGTH:]
        parts = ({"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(now.timestamp())})
        signed = b".".join(_url_safe(json.dumps(part).encode()) for part in parts)
        seal = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
        return b".".join([signed, _url_safe(seal)]).decode()


def _url_safe(text: bytes) -> bytes:
    return base64.urlsafe_b64encode(text).rstrip(b"=")


class NotifyCarrier:
    """Carries letters to GOV.UK Notify; `reference` there is the letter's key, by which it is known again."""

    def __init__(
        self, account: NotifyAccount, clock: Callable[[], datetime], *, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._account, self._clock, self._timeout = account, clock, timeout

    def hand_over(self, letter: Letter) -> Outcome:
        """Hand one letter over; UNSURE when the connection broke before Notify had answered for it."""
        body: dict[str, object] = {
            "email_address": letter.address,
            "template_id": self._account.template,
            "personalisation": {"subject": letter.subject, "body": letter.text},
            "reference": letter.key,
        }
        if letter.unsubscribe.startswith("https://"):
            body["one_click_unsubscribe_url"] = letter.unsubscribe
        try:
            self._ask("/v2/notifications/email", body)
        except HTTPError as refusal:
            return _refused(refusal)
        except URLError as failure:
            if isinstance(failure.reason, TimeoutError):
                return Outcome.UNSURE
            raise CarrierDown("GOV.UK Notify cannot be reached. Check the connection to it.") from None
        except (OSError, HTTPException, ValueError):
            return Outcome.UNSURE
        return Outcome.SENT

    def knows(self, letter: Letter) -> bool:
        """Whether Notify has a mail with the letter's key, whatever became of it there."""
        if not letter.key:
            return False
        try:
            found = self._ask(f"/v2/notifications?template_type=email&reference={quote(letter.key)}")
        except (OSError, HTTPException, ValueError):
            raise CarrierDown(ASK_AGAIN) from None
        return bool(found.get("notifications"))

    def notifications(self, since: datetime) -> Iterator[Mapping[str, Any]]:
        """Every mail that Notify made since a moment, the newest first, a page at a time; raises CarrierDown."""
        asked = "/v2/notifications?template_type=email"
        last = ""
        while True:
            found = self._page(f"{asked}&older_than={quote(last)}" if last else asked)
            fresh = [one for one in found if _made(one) >= since]
            yield from fresh
            if not found or len(fresh) < len(found) or str(found[-1].get("id", "")) in ("", last):
                return
            last = str(found[-1]["id"])

    def _page(self, path: str) -> list[Mapping[str, Any]]:
        try:
            found = self._ask(path).get("notifications", [])
        except (OSError, HTTPException, ValueError, AttributeError):
            raise CarrierDown(ASK_AGAIN) from None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _ask(self, path: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self._account.token(self._clock())}",
            "Content-Type": "application/json",
            "User-Agent": "confer",
        }
        data = None if body is None else json.dumps(body).encode()
        # The address is checked to be a web address when the account is made.
        asked = Request(f"{self._account.api}{path}", data=data, headers=headers)  # noqa: S310
        with urlopen(asked, timeout=self._timeout) as answer:  # noqa: S310
            read: dict[str, Any] = json.loads(answer.read())
        return read

    def close(self) -> None:
        """Every request has its own connection."""


def _made(notification: Mapping[str, Any]) -> datetime:
    """When Notify made a notification; long ago where it does not say."""
    try:
        made = datetime.fromisoformat(str(notification.get("created_at")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _refused(refusal: HTTPError) -> Outcome:
    """What a refusal means; raises CarrierDown when it is about our account, or Notify itself."""
    with refusal:
        said = refusal.read().decode("utf-8", "replace")
    if refusal.code in DOWN or refusal.code >= 500:
        remedy = "Check NOTIFY_KEY, NOTIFY_TEMPLATE and the account's limits."
        raise CarrierDown(f"GOV.UK Notify takes no mail for now (code {refusal.code}). {remedy}")
    return Outcome.NO_SUCH_ADDRESS if any(sign in said for sign in BAD_ADDRESS) else Outcome.REFUSED
