"""mount(): the dashboards on a Flask server, under /dashboards/."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from dashboards.bodies import fits
from dashboards.data import Source
from dashboards.figures.boundaries import rings
from dashboards.layout import MaySee, everything, register
from dashboards.pages.page import PREFIX
from dashboards.parts import frame as framing
from dashboards.parts.frame import Frame
from dashboards.view import page_of

TOKEN_COOKIE = "confer-dashboard-token"  # noqa: S105 - the name of a cookie
TOKEN_HEADER = "X-CSRFToken"  # noqa: S105 - the name of a header
CALLBACKS = f"{PREFIX}_dash-update-component"
SCRIPTS = f"{PREFIX}_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
_INDEX = """<!doctype html>
<html lang="en-GB">
<head>
{%metas%}
__HEAD__
{%css%}
</head>
<body>
__HEADER__
<div class="nhsuk-width-container">
<main class="nhsuk-main-wrapper" id="maincontent">
<div id="trouble" role="alert"></div>
{%app_entry%}
</main>
</div>
__FOOTER__
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>"""


class Dashboards(Dash):
    """A Dash app whose pages stand in the service's frame and carry the token that guards their requests."""

    frame: Callable[[], Frame]
    stylesheets: Sequence[str]
    may_see: MaySee

    def index(self, *args: Any, **kwargs: Any) -> Response:
        """The page at any address under /dashboards/ that is one; 404 for others, 403 for whoever may not see it."""
        page = page_of(request.path)
        if page is None:
            abort(404)
        if not self.may_see(page.name):
            abort(403)
        response = make_response(super().index(*args, **kwargs))  # type: ignore[no-untyped-call]
        response.set_cookie(
            TOKEN_COOKIE, generate_csrf(), path=PREFIX, secure=request.is_secure, httponly=False, samesite="Strict"
        )
        return response

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash gives all by name
        """The index page with its frame; the frame is for this request's reader."""
        page, frame = page_of(request.path), self.frame()
        title = page.title if page else frame.service_name
        rounds = {
            "__HEAD__": framing.head(frame, title, self.stylesheets),
            "__HEADER__": framing.header(frame, generate_csrf()),
            "__FOOTER__": framing.footer(frame),
        }
        whole = str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]
        for mark, text in rounds.items():
            whole = whole.replace(mark, text, 1)
        return whole


def mount(
    server: Flask,
    source: Source,
    *,
    stylesheets: Sequence[str] = (),
    frame: Callable[[], Frame] = Frame,
    boundaries: str | None = None,
    may_see: MaySee = everything,
) -> Dashboards:
    """The dashboards on `server`; several servers in one process may each have their own.

    stylesheets   addresses of the service's stylesheets
    frame         gives what stands round the page, asked for at each request
    boundaries    a GeoJSON file of the land to draw; None or "" for the built-in outline of England
    may_see       whether whoever asks may see a page, by its name
    `csp_hashes()` of what is returned gives the hashes of its inline scripts. The server needs a secret key.
    Raises UnreadableBoundaries when the file cannot be drawn.
    """
    app = Dashboards(
        __name__,
        server=server,  # type: ignore[arg-type]  # a server is taken as it is
        routes_pathname_prefix=PREFIX,
        requests_pathname_prefix=PREFIX,
        assets_folder=str(Path(__file__).parent / "assets"),
        use_pages=False,
        serve_locally=True,
        index_string=_INDEX,
        update_title=None,  # type: ignore[arg-type]  # None leaves the title alone
        csrf_token_name=TOKEN_COOKIE,
        csrf_header_name=TOKEN_HEADER,
        add_log_handler=False,
    )
    app.frame, app.stylesheets, app.may_see = frame, tuple(stylesheets), may_see
    register(app, source, rings(Path(boundaries) if boundaries else None), partial(_leads, server), may_see)
    _refuse_what_no_page_asks(app, server)
    return app


def _leads(server: Flask, address: str) -> bool:
    """Whether the server has a page at an address."""
    return server.url_map.bind("").test(address, method="GET")


def _refuse_what_no_page_asks(app: Dashboards, server: Flask) -> None:
    """400 for callbacks called as no page calls them, 404 for scripts that are not there: Dash breaks on both."""
    call, script = server.view_functions[CALLBACKS], server.view_functions[SCRIPTS]

    def fitting(**parts: Any) -> ResponseReturnValue:
        if not fits(_sent(), app.callback_map):
            abort(400)
        return server.ensure_sync(call)(**parts)  # type: ignore[no-any-return]

    def found(**parts: Any) -> ResponseReturnValue:
        try:
            return server.ensure_sync(script)(**parts)  # type: ignore[no-any-return]
        except (DependencyException, OSError):
            abort(404)

    server.view_functions |= {CALLBACKS: fitting, SCRIPTS: found}


def _sent() -> object:
    """The body as JSON; 400 for one that is not, or is nested too deeply to be read."""
    try:
        return request.get_json()
    except RecursionError:
        abort(400)
