"""A worker that sends what waits in the outbox, as a process that can be killed: DATABASE SMTP_PORT LEASE_SECONDS."""

import sys
from datetime import UTC, datetime, timedelta

from exchange.mail.messages import Sender
from exchange.mail.sending import Desk, send_waiting
from exchange.mail.smtp import SmtpCarrier, SmtpServer
from surveys.mailing.letters import Office
from surveys.store import open_store


def now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    database, port, lease = sys.argv[1:]
    carrier = SmtpCarrier(SmtpServer("127.0.0.1", int(port), tls="none"), Sender("A trust", "a@confer.example"), now)
    office = Office(b"k" * 48, "https://confer.example")
    desk = Desk(open_store(database), carrier, office, now, timedelta(seconds=float(lease)))
    print("ready", flush=True)
    send_waiting(desk)
