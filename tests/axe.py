"""Accessibility faults of the page that is open, as axe-core finds them."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "webapp/assets/node_modules/axe-core/axe.min.js"


def axe_violations(page: Page) -> list[str]:
    """One line for each fault of any impact: rule, impact, where. Empty when there are none."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
