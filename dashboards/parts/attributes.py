"""Names of HTML attributes that are no Python names, such as aria-label and data-page."""

from typing import Any


def attributes(**pairs: str) -> dict[str, Any]:
    """Attributes for a component, with dashes for underscores: aria_label gives aria-label."""
    return {name.replace("_", "-"): value for name, value in pairs.items()}
