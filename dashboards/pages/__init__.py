"""The pages, by name: response, flows, roles, growth."""

from collections.abc import Mapping

from dashboards.pages import flows, growth, response, roles
from dashboards.pages.page import Page

__all__ = ["DEFAULT", "PAGES", "Page"]

PAGES: Mapping[str, Page] = {module.PAGE.name: module.PAGE for module in (response, flows, roles, growth)}
"""Every page, in the order of the menu."""
DEFAULT = "response"
