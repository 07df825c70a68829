"""Takes the pictures of the dashboards: take_pictures.py ADDRESS E-MAIL, with the password in CONFER_PASSWORD.

Confer must be running at ADDRESS with the demonstration loaded (`flask demo load`; `flask demo show` names accounts).
Chromium is the one that Playwright installed, or that of the environment variable CHROMIUM.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
WIDTH = 1280
HEIGHTS = {"response": 1120, "flows": 1330, "roles": 1420, "growth": 1180}
"""How much of each page is shown, in pixels from its top."""


def signed_in(browser: Browser, address: str, email: str, password: str) -> Page:
    """A page of the account, as wide as the pictures."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/home")
    return page


def take(page: Page, address: str, name: str) -> None:
    """One dashboard, from its top, once all its figures are drawn."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[name]})
    page.goto(f"{address}/dashboards/{name}")
    page.get_by_role("heading", name="What this rests on").wait_for()
    page.wait_for_function("!document.querySelector('.app-figure:not(:has(svg.main-svg)):not(details .app-figure)')")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


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
        for name in HEIGHTS:
            take(page, address, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
