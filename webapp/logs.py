"""Log lines that hold no link, address or answer: everything is masked before it is written."""

from __future__ import annotations

import logging
import logging.config
import re
from logging import LogRecord
from typing import Any

from gunicorn import glogging

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MASKS = (
    (re.compile(r"(/(?:interview|join|unsubscribe)/)[^/\s?\"']+"), r"\1…"),
    (re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"([?&](?:q|next|token)=)[^&\s\"']+", re.IGNORECASE), r"\1…"),
    (re.compile(r"\[parameters: .*?\]$", re.DOTALL | re.MULTILINE), "[parameters: …]"),
    (re.compile(r"^DETAIL: .*$", re.MULTILINE), "DETAIL: …"),
)


def mask(text: str) -> str:
    """The text without the tokens of links, e-mail addresses, searches and the values of database statements."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Formats a line with its traceback, then masks all of it."""

    def format(self, record: LogRecord) -> str:
        """The line as it is written."""
        return mask(super().format(record))


class ServerLogger(glogging.Logger):
    """The server's own log, with the same masks on errors and on the lines of the access log."""

    def setup(self, cfg: Any) -> None:
        """Set the server's handlers up, then mask what they write."""
        super().setup(cfg)
        for log, line in ((self.error_log, LINE), (self.access_log, self.access_fmt)):
            for handler in log.handlers:
                handler.setFormatter(MaskingFormatter(line))


def install() -> None:
    """Write warnings and errors to standard error, masked. Safe to call more than once."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"masked": {"()": MaskingFormatter, "format": LINE}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "masked"}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
        }
    )
