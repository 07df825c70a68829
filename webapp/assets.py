"""Where the built stylesheets and scripts are: plain names to the hashed files of the front-end build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

BUILD = "build"


class AssetsNotBuilt(Exception):
    """The stylesheets and scripts are not there; the text says how to build them."""


@dataclass(frozen=True)
class Assets:
    """The files of one front-end build."""

    address: str
    files: Mapping[str, str]

    def __call__(self, name: str) -> str:
        """The address of a stylesheet or script by its plain name; raises AssetsNotBuilt for a name not built."""
        if name not in self.files:
            raise AssetsNotBuilt(f"The front-end build has no {name}. Build it again with: make front-end")
        return f"{self.address}/{self.files[name]}"


def read_assets(app: Flask) -> Assets:
    """The files of the build in the application's static folder; raises AssetsNotBuilt."""
    manifest = Path(app.static_folder or "static") / BUILD / "manifest.json"
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AssetsNotBuilt("The stylesheets and scripts are not built. Build them with: make setup") from error
    return Assets(f"{app.static_url_path}/{BUILD}", files)
