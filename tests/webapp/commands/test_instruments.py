"""`flask instruments`: faults by line, and versions that stay what they were."""

from tests.webapp.commands.conftest import LIBRARY


def test_a_good_file_is_said_to_be_usable_with_its_length(succeed) -> None:
    said = succeed("instruments", "lint", LIBRARY)
    assert "gde.yaml: gde-knowledge-sharing" in said
    assert "minutes for someone who names five people" in said


def test_faults_are_listed_by_line(refuse, file) -> None:
    bad = file("bad.yaml", LIBRARY.read_text(encoding="utf-8").replace("type: consent", "type: consnt", 1))
    said = refuse("instruments", "lint", bad)
    assert "bad.yaml:" in said
    assert "consnt" in said


def test_a_file_that_is_not_text_is_refused(refuse, tmp_path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    assert "The file is not UTF-8 text. Save it as UTF-8." in refuse("instruments", "lint", tmp_path / "bad.yaml")


def test_publishing_again_is_the_same_version_and_other_content_needs_another(succeed, refuse, file) -> None:
    succeed("study", "create", "trial", "A trial")
    assert "is published in the study “trial”" in succeed("instruments", "publish", LIBRARY)
    assert "is published in the study “trial”" in succeed("instruments", "publish", LIBRARY, "--study", "trial")
    other = file("gde.yaml", LIBRARY.read_text(encoding="utf-8").replace("max: 8", "max: 7", 1))
    assert "Raise the version number" in refuse("instruments", "publish", other)
