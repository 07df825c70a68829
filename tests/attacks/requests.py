"""Requests that no browser would send: any address of ours, with anything in its gaps, its fields and its headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from flask import Flask
from hypothesis import strategies as st
from werkzeug.routing import Rule

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "get", "TRACE")
NASTY = (
    "", " ", "\0", "a\0b", "\r\nX-Own: 1", "%", "%00", "%zz", "\ud800", "\udcff", "\ufeff", "\u202e", "٣",
    "½", "İ" * 300,
    "0", "-1", "1", "9" * 30, "9" * 5000, "1e999", "nan", "0x1", "1_0", "true", "null", "None", "[]", "{}", "{{7*7}}",
    "../../etc/passwd", "..%2f..", "//evil.example", "/\\evil.example", "\\", "'", '"', "' OR 1=1 --",
    "<script>", "`", ";",
    "a" * 5000, "\u0301" * 500, "😀" * 200, "any", "none", "yes", "check", "epma", "raj khan", "advice_names",
)  # fmt: skip
PLACES = (
    "consent", "about_you", "advice_names", "topic_grid", "about_contacts", "story", "check", "done", "flows",
    "response", "roles", "growth", "build", "manifest.json",
)  # fmt: skip
FIELDS = (
    "q", "next", "return", "notice", "added", "removed", "again", "prompt", "from", "unsaved", "name", "person", "sure",
    "site", "role", "language", "study", "wave", "topic", "formality", "email", "password", "agree_read",
    "agree_voluntary",
    "flow.1.epma", "freq.1", "formality.1", "origin.1", "origin.1.other", "story", "exchange", "csrf_token", "no_one",
)  # fmt: skip
KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=-", "multipart/form-data", "application/json",
    "application/json; charset=utf-7", "text/plain", "text/xml", "", "a/b;" * 50,
    "multipart/form-data; boundary=" + "x" * 300,
    "application/x-www-form-urlencoded; charset=utf-16", "\xff", "multipart/mixed; boundary=-",
)  # fmt: skip
HEADERS = (
    ("Origin", "http://[bad"), ("Origin", "null"), ("Origin", "http://localhost"), ("Origin", "\xff"),
    ("Origin", "//:::x"),
    ("Host", "["), ("Host", ""), ("Host", "a b"), ("Host", "evil.example:99999999"), ("Host", "\xff.example"),
    ("Accept-Encoding", "br;q=x, gzip;q=-1,*"), ("Accept-Encoding", "\xff" * 200), ("Range", "bytes=9-1"),
    ("Range", "bytes=0-0,1-1,2-2"), ("If-None-Match", '"' * 50), ("If-Modified-Since", "yesterday"),
    ("If-Modified-Since", "Mon, 99 Abc 99999 99:99:99 GMT"), ("If-Range", "x"), ("Accept-Language", ";" * 300),
    ("Cookie", "confer=x; confer-sign-in=\xff\xfe"), ("Cookie", "confer-sign-in=" + "a" * 3000), ("Cookie", "=;=;\0"),
    ("Cookie", 'confer-sign-in="\\377\\000"'), ("X-Forwarded-For", "a" * 300), ("Referer", "http://[x"),
    ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), ("X-HTTP-Method-Override", "DELETE"),
    ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Expect", "100-continue"), ("X-CSRFToken", "\xff"),
)  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """One such request; `path` and `query` are escaped already."""

    method: str
    path: str
    query: str
    body: bytes
    kind: str
    headers: tuple[tuple[str, str], ...] = field(default=())


anything = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
fields = st.lists(st.tuples(st.one_of(st.sampled_from(FIELDS), anything), anything), max_size=6)


def addresses(app: Flask) -> list[Rule]:
    """Every rule of the application."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def odd_requests(app: Flask, token: str, spare: tuple[str, ...] = ()) -> st.SearchStrategy[Odd]:
    """Requests to every rule; the gap for a link's token holds `token` more often than not."""
    return st.one_of([_of_rule(rule, token) for rule in addresses(app) if rule.endpoint not in spare])


def _of_rule(rule: Rule, token: str) -> st.SearchStrategy[Odd]:
    own = sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"})
    return st.builds(
        Odd,
        method=st.one_of(st.sampled_from(own), st.sampled_from(own), st.sampled_from(METHODS)),
        path=_path(rule, token),
        query=st.one_of(fields.map(_encoded), anything.map(_escaped)),
        body=st.one_of(fields.map(_encoded).map(str.encode), fields.map(_multipart), st.binary(max_size=200)),
        kind=st.one_of(st.just(KINDS[0]), st.sampled_from(KINDS)),
        headers=st.lists(st.sampled_from(HEADERS), max_size=1).map(tuple),
    )


def _path(rule: Rule, token: str) -> st.SearchStrategy[str]:
    parts = [_gap(text, token) if is_gap else st.just(text) for is_gap, text in rule._trace]
    return st.tuples(*parts).map("".join).map(lambda path: path.removeprefix("|") or "/")


def _gap(name: str, token: str) -> st.SearchStrategy[str]:
    if name == "token":
        return st.one_of(st.just(token), st.just(token), st.just(token), anything.map(_escaped))
    if name == "alter":
        return st.sampled_from(["0", "1", "2", "9" * 30, "٣", "-1", "01"])
    return st.one_of(st.sampled_from(PLACES), anything.map(_escaped))


def _escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(
        [(name.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass")) for name, text in pairs]
    )


def _multipart(pairs: list[tuple[str, str]]) -> bytes:
    parts = [f'---\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in pairs]
    return "".join([*parts, "-----\r\n"]).encode("utf-8", "surrogatepass")
