"""The mails that come with the service, in English and in Welsh (to be read by a Welsh speaker before use)."""

from __future__ import annotations

from collections.abc import Mapping

INVITATION_ENGLISH = """Hello {name},

We would like to know who people at work talk to. This is part of {study}.

It takes about {minutes} minutes. You can stop and come back at any time.

Start here:
{link}

This link is only for you. Please do not send it to anyone else. It works until {closes}.

If you do not want to take part, tell us here:
{opt_out}
"""
REMINDER_ENGLISH = """Hello {name},

We wrote to you about {study}. We have not had your answers yet.

It takes about {minutes} minutes. What you have saved is still there.

Go to your questions:
{link}

This link is only for you. Please do not send it to anyone else. It works until {closes}.

If you do not want to take part, tell us here and we will stop writing:
{opt_out}
"""
INVITATION_WELSH = """Helo {name},

Hoffem wybod gyda phwy y mae pobl yn siarad yn y gwaith. Mae hyn yn rhan o {study}.

Mae'n cymryd tua {minutes} munud. Gallwch stopio a dod yn ôl unrhyw bryd.

Dechreuwch yma:
{link}

I chi yn unig y mae'r ddolen hon. Peidiwch â'i hanfon at neb arall. Mae'n gweithio tan {closes}.

Os nad ydych am gymryd rhan, dywedwch wrthym yma:
{opt_out}
"""
REMINDER_WELSH = """Helo {name},

Rydym wedi ysgrifennu atoch am {study}. Nid ydym wedi cael eich atebion eto.

Mae'n cymryd tua {minutes} munud. Mae'r hyn a gadwoch yn dal yno.

Ewch i'ch cwestiynau:
{link}

I chi yn unig y mae'r ddolen hon. Peidiwch â'i hanfon at neb arall. Mae'n gweithio tan {closes}.

Os nad ydych am gymryd rhan, dywedwch wrthym yma a byddwn yn peidio ag ysgrifennu:
{opt_out}
"""
DEFAULTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("invitation", "en"): ("Please take part: {study}", INVITATION_ENGLISH),
    ("invitation", "cy"): ("Cymerwch ran: {study}", INVITATION_WELSH),
    ("reminder", "en"): ("A reminder to take part: {study}", REMINDER_ENGLISH),
    ("reminder", "cy"): ("Nodyn i'ch atgoffa i gymryd rhan: {study}", REMINDER_WELSH),
}
"""Subject and body, by kind and language."""
