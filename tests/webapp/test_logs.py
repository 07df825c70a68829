"""Log lines hold no link, no address of a person, and no value of a database statement."""

from __future__ import annotations

import io
import logging
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from surveys.invitations import link_token
from webapp.logs import MaskingFormatter, ServerLogger, mask


def test_what_identifies_is_masked() -> None:
    line = 'GET /interview/abcDEF123_-x/names/1?q=Raj+Khan HTTP/1.1" from ada.byrne+1@nhs.example.org next=/home'
    assert mask(line) == 'GET /interview/…/names/1?q=… HTTP/1.1" from …@… next=/home'


def test_values_of_a_failed_statement_are_masked() -> None:
    text = (
        "IntegrityError: UNIQUE\nDETAIL:  Key (name)=(Raj Khan) exists.\n[SQL: INSERT]\n[parameters: ('Raj Khan', 1)]"
    )
    assert "Raj" not in mask(text)


@given(st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_no_link_survives_a_log_line(nonce: str) -> None:
    token = link_token(b"key", nonce)
    for line in (
        f"GET /interview/{token}",
        f"POST /join/{token}",
        f'"POST /interview/{token}/consent HTTP/1.1"',
        f"http://a/interview/{token}?x",
    ):
        assert token not in mask(line)


def test_tracebacks_are_masked() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(MaskingFormatter("%(message)s"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    try:
        raise ValueError("no account for ada@example.org at /interview/secret")
    except ValueError:
        logger.exception("It failed.")
    assert "It failed." in written.getvalue()
    assert "ada" not in written.getvalue()
    assert "secret" not in written.getvalue()


def test_the_servers_own_lines_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    config = Config()
    config.set("accesslog", "-")
    log = ServerLogger(config)
    try:
        log.error_log.error("Error handling request /interview/secret-token/names")
        response = SimpleNamespace(status="200 OK", sent=1, headers=[])
        request = SimpleNamespace(headers=[("REFERER", "http://a/interview/secret-token")])
        environ = {
            "REQUEST_METHOD": "GET",
            "RAW_URI": "/interview/secret-token",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_REFERER": "http://a/interview/secret-token",
        }
        log.access(response, request, environ, SimpleNamespace(seconds=0, microseconds=1, total_seconds=lambda: 0.0))
    finally:
        for logger in (log.error_log, log.access_log):
            logger.handlers.clear()
    out, err = capsys.readouterr()
    assert "/interview/…" in out
    assert "/interview/…" in err
    assert "secret-token" not in out + err
