"""What comes back: reports, Exchange's and old servers' words, auto-replies; and what of it changes the outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.mail.postbag import mails_in, note_mail, note_mails
from exchange.mail.returns import Meaning, read_return
from exchange.mail.statuses import Verdict, find_code, verdict
from surveys.mailing.letters import Office
from surveys.mailing.outbox import Outcome, claim_next, note
from surveys.mailing.queueing import queue_invitations
from surveys.tables import Mail, OptOut
from tests.exchange.mail import returned_mails as mails
from tests.exchange.mail.returned_mails import KEY, report
from tests.small_study import KEY as SERVICE_KEY
from tests.small_study import NOW, make_small_study

VERP = f"bounces+{KEY.upper()}@returns.example"


@pytest.mark.parametrize(
    ("data", "meaning", "code"),
    [
        (report("failed", "5.1.1", "550 5.1.1 User unknown"), Meaning.HARD, "5.1.1"),
        (report("failed", "5.0.0", "550 5.1.1 User unknown"), Meaning.HARD, "5.1.1"),
        (report("failed", "5.0.0", "552 mailbox full"), Meaning.SOFT, "552"),
        (report("failed", "4.4.7", "Expired"), Meaning.SOFT, "4.4.7"),
        (report("failed", "5.2.2"), Meaning.SOFT, "5.2.2"),
        (report("failed", "5.7.1"), Meaning.REFUSED, "5.7.1"),
        (report("delayed", "4.4.1"), Meaning.DELAYED, ""),
        (report("delivered", "2.0.0"), Meaning.OTHER, ""),
        (mails.EXCHANGE_NDR, Meaning.HARD, "5.1.10"),
        (mails.OLD_EXCHANGE, Meaning.HARD, "5.1.1"),
        (mails.QMAIL, Meaning.HARD, "5.1.1"),
        (mails.OLD_POSTFIX, Meaning.SOFT, "452"),
        (mails.EXIM, Meaning.REFUSED, "5.7.1"),
        (mails.STILL_TRYING, Meaning.DELAYED, ""),
        (mails.OUT_OF_OFFICE, Meaning.AUTO_REPLY, ""),
        (mails.PLAIN_AWAY, Meaning.AUTO_REPLY, ""),
        (mails.OPT_OUT, Meaning.OPT_OUT, ""),
        (mails.A_PERSON, Meaning.OTHER, ""),
    ],
)
def test_each_form_has_its_meaning_and_finds_its_mail(data: bytes, meaning: Meaning, code: str) -> None:
    found = read_return(data)
    assert (found.meaning, found.code, found.key) == (meaning, code, KEY)
    assert found.dated == datetime(2026, 11, 2, 10, tzinfo=UTC)


def test_the_address_it_came_back_to_is_enough_to_find_the_mail() -> None:
    data = report("failed", "5.1.1", to=VERP).replace(mails.OURS.encode(), b"Subject: nothing of ours\n")
    assert read_return(data).key == KEY
    assert read_return(data.replace(VERP.encode(), b"survey@confer.example")).key == ""


def test_a_mail_in_carriage_returns_reads_the_same() -> None:
    data = mails.QMAIL.replace(b"\n", b"\r\n")
    assert read_return(data) == read_return(mails.QMAIL)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("5.1.1", Verdict.HARD),
        ("5.1.2", Verdict.HARD),
        ("5.1.8", Verdict.REFUSED),
        ("5.4.1", Verdict.HARD),
        ("5.4.14", Verdict.REFUSED),
        ("5.6.0", Verdict.REFUSED),
        ("4.2.2", Verdict.SOFT),
        ("550", Verdict.HARD),
        ("554", Verdict.REFUSED),
        ("421", Verdict.SOFT),
    ],
)
def test_codes_mean_what_they_say_of_the_address(code: str, meant: Verdict) -> None:
    assert verdict(code) is meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mx[10.5.1.1]: 550 5.1.1 gone", "5.1.1"),
        ("version 4.92.3.1 said 550 no", "550"),
        ("sent 5501 mails", ""),
        ("#5.1.1>", "5.1.1"),
    ],
)
def test_a_code_is_told_from_other_numbers(text: str, code: str) -> None:
    assert find_code(text) == code


@given(st.binary(max_size=600))
def test_anything_can_be_read(data: bytes) -> None:
    assert read_return(data).meaning in Meaning


@given(st.data())
def test_a_report_with_pieces_cut_out_can_be_read(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([report("failed", "5.1.1", "x"), mails.EXCHANGE_NDR, mails.QMAIL]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert read_return(whole[:start] + whole[end:]).meaning in Meaning


@pytest.fixture
def sent(session: Session) -> dict[str, str]:
    """The keys of six invitations that were sent, by address."""
    small = make_small_study(session, now=NOW)
    queue_invitations(session, small.wave, key=SERVICE_KEY, now=NOW)
    keys = {}
    while (claimed := claim_next(session, Office(SERVICE_KEY, "https://confer.example"), "w", now=NOW)) is not None:
        keys[claimed.letter.address] = claimed.letter.key
        note(session, claimed, Outcome.SENT, now=NOW)
    return keys


def of(key: str, data: bytes) -> bytes:
    return data.replace(KEY.encode(), key.encode())


def states(session: Session, keys: dict[str, str]) -> dict[str, str]:
    rows = {row.key: row.state for row in session.scalars(select(Mail).execution_options(populate_existing=True))}
    return {address: rows[key] for address, key in keys.items()}


def test_an_mbox_a_file_and_a_folder_are_taken_in_and_again_change_nothing(
    session: Session, sent: dict[str, str], tmp_path: Path
) -> None:
    keys = list(sent.values())
    texts = (mails.QMAIL, mails.OLD_POSTFIX, mails.OUT_OF_OFFICE)
    of_box = [of(key, text) for key, text in zip(keys, texts, strict=False)]
    (tmp_path / "box").write_bytes(b"".join(b"From daemon Mon Nov  2 10:00:00 2026\n" + one + b"\n" for one in of_box))
    folder = tmp_path / "mails" / "new"
    folder.mkdir(parents=True)
    (folder / "1").write_bytes(of(keys[3], mails.EXIM))
    (folder / "2").write_bytes(of(keys[4], mails.OPT_OUT))
    (folder / "3").write_bytes(b"Subject: nothing of ours\n\nHello\n")
    for changed in (4, 0):
        found = [
            note_mails(session, mails_in(tmp_path / name), now=NOW + timedelta(hours=2)) for name in ("box", "mails")
        ]
        assert sum(one.changed for one in found) == changed
        assert found[0].meanings == {"hard": 1, "soft": 1, "auto-reply": 1}
        assert (found[1].meanings, found[1].unknown) == ({"refused": 1, "opt-out": 1, "other": 1}, 1)
    assert list(states(session, sent).values()) == ["bounced", "queued", "sent", "failed", "sent", "sent"]
    assert len(session.scalars(select(OptOut)).all()) == 1


def test_a_report_for_a_key_that_nobody_has_changes_nothing(session: Session, sent: dict[str, str]) -> None:
    _back, changed = note_mail(session, of("f" * 32, mails.QMAIL), now=NOW)
    assert not changed
    assert set(states(session, sent).values()) == {"sent"}
