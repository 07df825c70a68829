"""Names of stylesheets and scripts become the addresses of the built files, or say how to build them."""

from pathlib import Path

import pytest
from flask import Flask

from webapp.assets import AssetsNotBuilt, read_assets


def test_a_name_becomes_the_address_of_the_built_file(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/manifest.json").write_text('{"survey.css": "survey-0123abcd.css"}')
    assets = read_assets(Flask("app", static_folder=str(tmp_path), static_url_path="/static"))
    assert assets("survey.css") == "/static/build/survey-0123abcd.css"


def test_a_missing_build_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotBuilt, match="make setup"):
        read_assets(Flask("app", static_folder=str(tmp_path)))


def test_an_unknown_name_is_refused(app: Flask) -> None:
    with pytest.raises(AssetsNotBuilt, match=r"no other\.css"):
        read_assets(app)("other.css")
