"""The benchmarks write into one file, each its own part."""

import importlib
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_a_benchmark_writes_its_own_section_and_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.md"
    monkeypatch.syspath_prepend(BENCHMARKS)
    sections = importlib.import_module("sections")
    monkeypatch.setattr(sections, "RESULTS", results)
    sections.write_section("pages", ["## Pages", "", "None yet."])
    sections.write_section("search", ["## Search", "", "30 ms"])
    sections.write_section("pages", ["## Pages", "", "3 ms"])
    assert results.read_text(encoding="utf-8") == (
        "# Measured\n"
        "\n<!-- pages: begin -->\n## Pages\n\n3 ms\n<!-- pages: end -->\n"
        "\n<!-- search: begin -->\n## Search\n\n30 ms\n<!-- search: end -->\n"
    )
    assert capsys.readouterr().out.endswith("## Pages\n\n3 ms\n")


def test_the_sections_written_are_those_of_the_benchmarks() -> None:
    text = (BENCHMARKS / "results.md").read_text(encoding="utf-8")
    programs = "".join(path.read_text(encoding="utf-8") for path in BENCHMARKS.glob("*.py"))
    for line in text.splitlines():
        if line.startswith("<!-- ") and line.endswith(": begin -->"):
            name = line.removeprefix("<!-- ").removesuffix(": begin -->")
            assert f'write_section("{name}"' in programs, name
            assert f"<!-- {name}: end -->" in text, name
