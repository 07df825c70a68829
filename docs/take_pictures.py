"""Takes the pictures of the dashboards: take_pictures.py ADDRESS E-MAIL, with the password in CONFER_PASSWORD.

Confer must be running at ADDRESS with the demonstration loaded (`flask demo load`; `flask demo show` names accounts).
Chromium is the one that Playwright installed, or that of the environment variable CHROMIUM.
"""

import os
import struct
import sys
import zlib
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
WIDTH = 1280
TOP, ENDS = 105, {"response": 1345, "flows": 1306, "roles": 1510, "growth": 1102}
"""What of each page is shown, in pixels: from below the header to below the first figures."""


def signed_in(browser: Browser, address: str, email: str, password: str) -> Page:
    """A page of the account, as wide as the pictures."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/home")
    return page


def packed(png: bytes) -> bytes:
    """The same picture, packed as tightly as PNG allows without changing a pixel."""
    kept, content, at = [png[:8]], b"", 8
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        chunk, at = png[at : at + length + 12], at + length + 12
        content += chunk[8:-4] if kind == b"IDAT" else b""
        if kind == b"IEND":
            whole = b"IDAT" + zlib.compress(zlib.decompress(content), 9)
            kept.append(struct.pack(">I", len(whole) - 4) + whole + struct.pack(">I", zlib.crc32(whole)))
        kept += [] if kind == b"IDAT" else [chunk]
    return b"".join(kept)


def take(page: Page, address: str, name: str) -> None:
    """One dashboard, once all its figures are drawn."""
    page.set_viewport_size({"width": WIDTH, "height": ENDS[name]})
    page.goto(f"{address}/dashboards/{name}")
    page.get_by_role("heading", name="What this rests on").wait_for()
    expect(page.locator(".app-figure:not(details *):not(:has(svg.main-svg))")).to_have_count(0)
    page.wait_for_timeout(500)
    shown: FloatRect = {"x": 0, "y": TOP, "width": WIDTH, "height": ENDS[name] - TOP}
    (PICTURES / f"{name}.png").write_bytes(packed(page.screenshot(clip=shown)))


def main(arguments: list[str]) -> int:
    """Takes all pictures; gives the exit code."""
    password = os.environ.get("CONFER_PASSWORD", "")
    if len(arguments) != 2 or not password:
        print(__doc__, file=sys.stderr)
        return 2
    address, email = arguments[0].rstrip("/"), arguments[1]
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        page = signed_in(browser, address, email, password)
        for name in ENDS:
            take(page, address, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
