"""The page round the dashboards: head, header with who is signed in, and footer, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Frame:
    """What stands round a page; texts are escaped here.

    service_name  text of the header     service_url  where it leads ("" for no link)
    organisation  in the footer          icon         address of the icon ("" for none)
    account       name of who is signed in ("" for nobody)
    sign_out      address that a sign-out form is sent to ("" for no form)
    """

    service_name: str = "Confer"
    service_url: str = ""
    organisation: str = ""
    icon: str = ""
    account: str = ""
    sign_out: str = ""


def _sign_out(frame: Frame, token: str) -> str:
    if not frame.sign_out:
        return ""
    field = f'<input type="hidden" name="csrf_token" value="{escape(token)}">'
    return f'<form action="{escape(frame.sign_out)}" method="post">{field}<button>Sign out</button></form>'


def _account(frame: Frame, token: str) -> str:
    if not frame.account:
        return ""
    return f'<div class="app-header__account"><span>{escape(frame.account)}</span>{_sign_out(frame, token)}</div>'


def _service(frame: Frame) -> str:
    name = escape(frame.service_name)
    if frame.service_url:
        return f'<a class="nhsuk-header__service-name" href="{escape(frame.service_url)}">{name}</a>'
    return f'<span class="nhsuk-header__service-name">{name}</span>'


def head(frame: Frame, title: str, stylesheets: Sequence[str]) -> str:
    """What goes into <head>: title, icon and stylesheets."""
    links = [f'<link rel="stylesheet" href="{escape(sheet)}">' for sheet in stylesheets]
    icon = f'<link rel="icon" href="{escape(frame.icon or "data:,")}">'
    robots = '<meta name="robots" content="noindex, nofollow">'
    return "\n".join([f"<title>{escape(title)} – {escape(frame.service_name)}</title>", robots, icon, *links])


def header(frame: Frame, token: str) -> str:
    """The skip link, the header and the way back; `token` guards the sign-out form."""
    return (
        '<a class="nhsuk-skip-link" href="#maincontent">Skip to main content</a>'
        '<header class="nhsuk-header" role="banner"><div class="nhsuk-header__container nhsuk-width-container">'
        f'<div class="nhsuk-header__service">{_service(frame)}</div>{_account(frame, token)}</div></header>'
        f"{_way_back(frame)}"
    )


def _way_back(frame: Frame) -> str:
    if not frame.service_url:
        return ""
    link = f'<a href="{escape(frame.service_url)}">Home</a>: studies and waves'
    return f'<nav class="nhsuk-width-container app-way" aria-label="Way back"><p class="nhsuk-body-s">{link}</p></nav>'


def footer(frame: Frame) -> str:
    name = escape(frame.organisation or frame.service_name)
    return (
        '<footer class="nhsuk-footer" role="contentinfo"><div class="nhsuk-width-container">'
        f'<div class="nhsuk-footer__meta"><p class="nhsuk-body-s">{name}</p></div></div></footer>'
    )
