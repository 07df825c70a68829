"""The cookie that keeps a browser signed in: its name, given and taken away."""

from __future__ import annotations

from werkzeug.wrappers import Response

from config import Settings


def guarded(name: str, settings: Settings) -> str:
    """A cookie's name; over HTTPS with the prefix that binds it to this host alone."""
    return f"__Host-{name}" if settings.secure_cookies else name


def sign_in_cookie(settings: Settings) -> str:
    """The name of the cookie that holds a sign-in's token."""
    return guarded("confer-sign-in", settings)


def give(response: Response, token: str, settings: Settings) -> None:
    """Let the browser hold a sign-in's token until it is closed."""
    response.set_cookie(
        sign_in_cookie(settings), token, path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )


def take_away(response: Response, settings: Settings) -> None:
    """Have the browser forget its token."""
    response.delete_cookie(
        sign_in_cookie(settings), path="/", secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )
