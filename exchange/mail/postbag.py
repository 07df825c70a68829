"""Takes what came back by mail out of files and notes what it means in the outbox."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from exchange.mail.returns import CameBack, Meaning, read_return
from surveys.mailing.returning import Returned, note_returned, opt_out, person_of_mail

RETURNED = {Meaning.HARD: Returned.HARD, Meaning.SOFT: Returned.SOFT, Meaning.REFUSED: Returned.REFUSED}
FIRST_OF_MBOX = b"From "


@dataclass(frozen=True)
class Noted:
    """How many mails came in with each meaning, how many changed the outbox, and how many name no mail of ours."""

    meanings: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0
    unknown: int = 0


def mails_in(path: Path) -> Iterator[bytes]:
    """The mails in a file (one, or an mbox) or in a folder (a maildir, or one mail a file)."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        for one in files:
            yield from mails_in(one)
        return
    with path.open("rb") as opened:
        is_mbox = opened.read(len(FIRST_OF_MBOX)) == FIRST_OF_MBOX
    if not is_mbox:
        yield path.read_bytes()
        return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


def note_mail(session: Session, data: bytes, *, now: datetime) -> tuple[CameBack, bool]:
    """Read one mail that came in and note what it means; gives that, and whether it changed anything."""
    back = read_return(data)
    return back, bool(back.key) and _note(session, back, now)


def _note(session: Session, back: CameBack, now: datetime) -> bool:
    if back.meaning is Meaning.OPT_OUT:
        person = person_of_mail(session, back.key)
        return person is not None and opt_out(session, person, now=now)
    returned = RETURNED.get(back.meaning)
    return returned is not None and note_returned(session, back.key, returned, dated=back.dated, now=now)


def note_mails(session: Session, mails: Iterator[bytes], *, now: datetime) -> Noted:
    """Read many mails and note what they mean; the same mails again change nothing."""
    meanings, changed, unknown = Counter[str](), 0, 0
    for data in mails:
        back, did = note_mail(session, data, now=now)
        meanings[back.meaning.value] += 1
        changed += did
        unknown += back.meaning is not Meaning.AUTO_REPLY and not back.key
    return Noted(meanings, changed, unknown)
