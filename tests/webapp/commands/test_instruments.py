"""`flask instruments`: faults by line, and versions that stay what they were."""

import csv
import json

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


def test_lint_tells_how_it_reads_and_strict_ends_at_a_warning(succeed, refuse, file) -> None:
    assert "en: " in succeed("instruments", "lint", LIBRARY, "--strict")
    slow = file("slow.yaml", LIBRARY.read_text(encoding="utf-8").replace("target_minutes: 6", "target_minutes: 1"))
    assert "warning: With 5 people named" in succeed("instruments", "lint", slow)
    assert "warning: With 5 people named" in refuse("instruments", "lint", slow, "--strict")


def test_lint_lists_texts_without_a_wording_in_a_language(succeed, file) -> None:
    text = LIBRARY.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, cy]")
    text = text.replace("title: Thank you", "title: {en: Thank you, cy: Diolch}")
    said = succeed("instruments", "lint", file("two.yaml", text))
    assert "have no wording of their own:" in said and "en: " in said
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "label: Most weeks" in one)
    assert said.count(f"two.yaml:{line}: Most weeks") == 1 and "Thank you" not in said


def test_the_schema_the_codebook_and_the_paper_are_printed(succeed, tmp_path) -> None:
    assert json.loads(succeed("instruments", "schema"))["$schema"].endswith("2020-12/schema")
    rows = list(csv.DictReader(succeed("instruments", "codebook", LIBRARY).splitlines()))
    assert {"freq", "exchange", "advice_names"} <= {row["id"] for row in rows}
    assert json.loads(succeed("instruments", "codebook", LIBRARY, "--json"))[0]["id"] == "agree_read"
    out = tmp_path / "paper.html"
    assert succeed("instruments", "print", LIBRARY, "-o", out) == ""
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_diff_names_the_changes_and_the_least_version(succeed, refuse, run, file) -> None:
    text = LIBRARY.read_text(encoding="utf-8")
    changed = text.replace("contacts_per_year: 48", "contacts_per_year: 50")
    said = succeed("instruments", "diff", LIBRARY, file("next.yaml", changed.replace("1.0.0", "2.0.0")))
    assert "series   freq: changed" in said
    assert "must be 2.0.0 or higher" in said
    result = run("instruments", "diff", LIBRARY, file("understated.yaml", changed.replace("1.0.0", "1.0.1")))
    assert result.exit_code == 1
    assert "understated.yaml:1: Version 1.0.1 says too little beside 1.0.0" in result.stderr


def test_publishing_tells_where_the_pages_can_be_seen(succeed, client) -> None:
    succeed("study", "create", "trial", "Trial")
    said = succeed("instruments", "publish", LIBRARY)
    path = said.rpartition("http://127.0.0.1:8000")[2].split(",")[0]
    assert path == "/preview/1" and client.get(path).status_code in (302, 303)


def test_publishing_refuses_a_version_that_says_too_little(succeed, refuse, file) -> None:
    succeed("study", "create", "trial", "A trial")
    succeed("instruments", "publish", LIBRARY)
    text = LIBRARY.read_text(encoding="utf-8").replace("  - {id: analyst, label: Analyst}\n", "")
    said = refuse("instruments", "publish", file("gde.yaml", text.replace("1.0.0", "1.0.1")))
    assert "Use version 2.0.0 or higher" in said
    assert "is published" in succeed("instruments", "publish", file("gde.yaml", text.replace("1.0.0", "2.0.0")))


def test_another_systems_file_is_read_and_what_is_lost_is_told(run, file, tmp_path) -> None:
    out = tmp_path / "ours.yaml"
    result = run("instruments", "import", file("ward.study", "<study name='Ward'><questions/></study>"), "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "things were not carried over" in result.stderr
    assert out.read_text(encoding="utf-8").startswith("instrument:")


def test_a_file_of_no_known_system_is_refused(refuse, file) -> None:
    assert "neither a Network Canvas protocol" in refuse("instruments", "import", file("x.txt", "hello"))


def test_every_text_is_listed_with_how_it_reads_the_hardest_first(succeed) -> None:
    lines = [line for line in succeed("instruments", "lint", LIBRARY, "--reading").splitlines() if "  age " in line]
    ages = [int(line.split("age")[1].split()[0]) for line in lines]
    assert len(ages) > 50
    assert ages == sorted(ages, reverse=True)
    assert any("pages.1.title: About you" in line for line in lines)
