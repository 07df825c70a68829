"""Letters to a server that answers as GOV.UK Notify does: signed requests, refusals, and mails known again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from exchange.mail.carriers import CarrierDown
from exchange.mail.notify import NotifyAccount, NotifyCarrier, NotifyRefused
from surveys.mailing.outbox import Outcome
from tests.exchange.mail.letters import LETTER, NOW, clock
from tests.exchange.mail.notify_server import KEY, PAGE, SECRET, SERVICE, TEMPLATE, Notify, serving_notify


@pytest.fixture
def notify() -> Iterator[Notify]:
    with serving_notify(clock) as served:
        yield served


@pytest.fixture
def carrier(notify: Notify) -> NotifyCarrier:
    return NotifyCarrier(NotifyAccount(KEY, TEMPLATE, notify.url), clock, timeout=5)


def test_a_letter_is_handed_over_once_with_its_key_and_known_again(notify: Notify, carrier: NotifyCarrier) -> None:
    assert not carrier.knows(LETTER)
    assert carrier.hand_over(LETTER) is Outcome.SENT
    assert notify.taken == [
        {
            "email_address": "zoe@example.org",
            "template_id": TEMPLATE,
            "personalisation": {"subject": LETTER.subject, "body": LETTER.text},
            "reference": LETTER.key,
        }
    ]
    assert carrier.knows(LETTER)


def test_notify_is_told_where_one_click_stops_mail(notify: Notify, carrier: NotifyCarrier) -> None:
    stop = f"https://confer.example/unsubscribe/{LETTER.key}"
    carrier.hand_over(replace(LETTER, unsubscribe=stop))
    carrier.hand_over(replace(LETTER, unsubscribe=stop.replace("https", "http")))
    assert [one.get("one_click_unsubscribe_url") for one in notify.taken] == [stop, None]


def test_no_answer_leaves_it_unsure_and_notify_knows_better(notify: Notify, carrier: NotifyCarrier) -> None:
    notify.silent = True
    assert carrier.hand_over(LETTER) is Outcome.UNSURE
    assert carrier.knows(LETTER)


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (400, '{"errors": [{"message": "email_address Not a valid email address"}]}', Outcome.NO_SUCH_ADDRESS),
        (400, '{"errors": [{"message": "Content is too long"}]}', Outcome.REFUSED),
    ],
)
def test_a_refusal_is_about_the_address_or_the_mail(
    notify: Notify, carrier: NotifyCarrier, code: int, said: str, outcome: Outcome
) -> None:
    notify.code, notify.said = code, said
    assert carrier.hand_over(LETTER) is outcome


@pytest.mark.parametrize("code", [403, 404, 429, 500, 503])
def test_what_is_about_the_account_or_the_service_stops_everything(
    notify: Notify, carrier: NotifyCarrier, code: int
) -> None:
    notify.code = code
    with pytest.raises(CarrierDown, match=rf"code {code}"):
        carrier.hand_over(LETTER)


def test_a_wrong_secret_stops_everything(notify: Notify) -> None:
    wrong = NotifyAccount(f"a-name-{SERVICE}-{UUID(int=9)}", TEMPLATE, notify.url)
    with pytest.raises(CarrierDown, match="NOTIFY_KEY"):
        NotifyCarrier(wrong, clock, timeout=5).hand_over(LETTER)
    with pytest.raises(CarrierDown):
        NotifyCarrier(wrong, clock, timeout=5).knows(LETTER)


def test_nobody_there_stops_everything() -> None:
    with pytest.raises(CarrierDown, match="cannot be reached"):
        NotifyCarrier(NotifyAccount(KEY, TEMPLATE, "http://127.0.0.1:9"), clock, timeout=2).hand_over(LETTER)


@pytest.mark.parametrize(
    ("key", "template", "api", "named"),
    [
        ("short", TEMPLATE, "https://n.example", "NOTIFY_KEY"),
        (KEY, "short", "https://n.example", "NOTIFY_TEMPLATE"),
        (KEY, TEMPLATE, "file:///etc", "NOTIFY_API"),
    ],
)
def test_settings_that_cannot_be_are_named(key: str, template: str, api: str, named: str) -> None:
    with pytest.raises(NotifyRefused, match=named):
        NotifyAccount(key, template, api)
    assert SECRET not in repr(NotifyAccount(KEY, TEMPLATE))


def made(number: int, days_ago: float) -> dict[str, str]:
    at = (NOW - timedelta(days=days_ago)).replace(tzinfo=None)
    return {"id": str(UUID(int=number)), "created_at": f"{at.isoformat()}Z", "status": "delivered"}


def test_statuses_are_read_page_by_page_back_to_a_moment(notify: Notify, carrier: NotifyCarrier) -> None:
    notify.notifications = [made(number, days_ago=number) for number in range(1, 3 * PAGE + 1)]
    found = list(carrier.notifications(NOW - timedelta(days=PAGE + 1.5)))
    assert [one["id"] for one in found] == [str(UUID(int=number)) for number in range(1, PAGE + 2)]
    assert notify.pages == 2, "what is older is not asked for"
    notify.pages = 0
    assert len(list(carrier.notifications(NOW - timedelta(days=99)))) == 3 * PAGE
    assert notify.pages == 4, "the last is empty"


def test_statuses_cannot_be_asked_of_nobody() -> None:
    nobody = NotifyCarrier(NotifyAccount(KEY, TEMPLATE, "http://127.0.0.1:9"), clock, timeout=2)
    with pytest.raises(CarrierDown, match="cannot be reached"):
        list(nobody.notifications(NOW))
