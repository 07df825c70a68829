"""An interview takes no more than it may: screens, clicks and keystrokes for five people with five attributes."""

import pytest
from playwright.sync_api import Page

from tests.walks.counted import serve_and_walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_five_people_by_five_attributes_stay_within_the_budget(page: Page) -> None:
    effort = serve_and_walk(page)
    assert 5 <= effort.screens <= 9
    assert 15 <= effort.clicks <= 30
    assert 15 <= effort.keys <= 40
    print(effort)
