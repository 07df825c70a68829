"""Mails that come back, in the forms that mail servers give them; written for these tests."""

from __future__ import annotations

KEY = "c3" * 16
DATE = "Date: Mon, 02 Nov 2026 10:00:00 +0000"
OURS = f"""From: A trust <survey@confer.example>
To: Zoe <zoe@example.org>
Subject: Please take part
Message-ID: <{KEY}.invitation@confer.example>
X-Confer: {KEY}
Auto-Submitted: auto-generated
List-Unsubscribe: <mailto:bounces@returns.example?subject=unsubscribe%20{KEY}>
"""


def report(action: str, status: str, diagnostic: str = "", *, to: str = "survey@confer.example") -> bytes:
    """A delivery report (RFC 3464), as Postfix and Exchange Online write them."""
    said = f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else ""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
{DATE}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

Your mail could not be delivered to one or more people.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 2 Nov 2026 09:59:00 +0000

Final-Recipient: rfc822; zoe@example.org
Action: {action}
Status: {status}
{said}
--b1
Content-Type: text/rfc822-headers

{OURS}
--b1--
""".encode()


EXCHANGE_NDR = f"""From: Microsoft Outlook <postmaster@nhs.example>
To: survey@confer.example
{DATE}
Subject: Undeliverable: Please take part
X-MS-Exchange-Message-Is-Ndr:
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b2"

--b2
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p><b>Delivery has failed to these recipients or groups:</b></p>
<p><a href=3D"mailto:zoe@example.org">zoe@example.org</a><br>
The e-mail address you entered could not be found.</p>
<p>Diagnostic information for administrators:</p>
<p>Generating server: mail.nhs.example<br>
#550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found ##</p>
<p>Original message headers:</p>
<pre>Received: from relay (10.4.4.1) by mail.nhs.example
Message-ID: &lt;x&gt;</pre></body></html>

--b2
Content-Type: message/rfc822

{OURS}
The text of our mail, which may say 4.0.0 or anything.
--b2--
""".encode()

OLD_EXCHANGE = f"""From: System Administrator <postmaster@trust.example>
To: survey@confer.example
{DATE}
Subject: Undeliverable: Please take part
Content-Type: text/plain

Your message did not reach some or all of the intended recipients.

      Subject:  Please take part
      Sent:     02/11/2026 09:59

The following recipient(s) could not be reached:

      Zoe on 02/11/2026 10:00
            The e-mail account does not exist at the organization this message was sent to.
            <mail.trust.example #5.1.1>

-----Original Message-----
{OURS}
""".encode()

QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@old.example.org
To: survey@confer.example
{DATE}
Subject: failure notice

Hi. This is the qmail-send program at old.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<zoe@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{OURS}
The whole of it, with 4.4.4 in it.
""".encode()

OLD_POSTFIX = f"""From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: survey@confer.example
{DATE}
Subject: Undelivered Mail Returned to Sender

This is the Postfix program at host mx.example.org.

I'm sorry to have to inform you that your message could not be delivered.

<zoe@example.org>: host mail.example.org[192.0.2.7] said: 452 Mailbox is
    over its quota (in reply to RCPT TO command)

-- Original message --
{OURS}
""".encode()

EXIM = f"""From: Mail Delivery System <Mailer-Daemon@relay.example>
To: survey@confer.example
X-Failed-Recipients: zoe@example.org
{DATE}
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address failed:

  zoe@example.org
    SMTP error from remote mail server after RCPT TO:<zoe@example.org>:
    host mx.example.org [192.0.2.9]: 550 5.7.1 Message refused by policy

------ This is a copy of the message, including all the headers. ------

{OURS}
""".encode()

STILL_TRYING = f"""From: MAILER-DAEMON@mx.example.org
To: survey@confer.example
{DATE}
Subject: Warning: could not send message for past 4 hours

** THIS IS A WARNING MESSAGE ONLY **
Your mail was not delivered yet. Delivery will be retried for 5 days. 451 4.4.1

{OURS}
""".encode()

OUT_OF_OFFICE = f"""From: Zoe <zoe@example.org>
To: survey@confer.example
{DATE}
Subject: Automatic reply: Please take part
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
In-Reply-To: <{KEY}.invitation@confer.example>

I am on leave until Monday. Messages marked urgent that are undeliverable: call 550 5.1.1.
""".encode()

PLAIN_AWAY = f"""From: Zoe <zoe@example.org>
To: bounces+{KEY}@returns.example
{DATE}
Subject: Out of office

Back on Monday.
""".encode()

OPT_OUT = f"""From: Zoe <zoe@example.org>
To: bounces+{KEY}@returns.example
{DATE}
Subject: unsubscribe {KEY}

""".encode()

A_PERSON = f"""From: Zoe <zoe@example.org>
To: survey@confer.example
{DATE}
Subject: Re: Please take part
In-Reply-To: <{KEY}.invitation@confer.example>

Could you tell me who sees my answers? The delivery of my first try failed.
""".encode()
