"""What the documentation promises, is there."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

import gdakg
from gdakg.cli import main
from running import run

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Return the command lines in the README's blocks for a shell."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("gdakg ")]


def test_there_are_command_lines() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("line", commands())
def test_every_command_line_of_the_readme_works(line: str) -> None:
    done = run(*shlex.split(line)[1:])
    assert done.exit_code == 0, done.output


def test_every_command_is_in_the_readme() -> None:
    for name in main.list_commands(click.Context(main)):
        if name != "format":  # for those who edit data; in data/README.md as `make format`
            assert f"gdakg {name}" in README


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if "://" not in target:
            assert (ROOT / target).exists(), target


def test_the_version_is_one() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'owl:versionInfo "{version}"' in (ROOT / "ontology/gdakg.ttl").read_text("utf-8")


def test_the_readme_names_the_two_commands_and_ci_calls_one() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"run", "test", "bench", "format"} <= set(targets)
    assert "make run" in README
    assert "make test" in README
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-1] == "exec make test"


#: package registries, written so that this file names none of them either
REGISTRIES = [b".".join((name, b"org")) for name in (b"pypi", b"pythonhosted", b"npmjs")]


def test_no_committed_file_holds_a_download_address() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    for name in listed.stdout.split("\0"):
        if not (ROOT / name).is_file():
            continue
        content = (ROOT / name).read_bytes()
        assert not [each for each in REGISTRIES if each in content], name
        if name.endswith((".json", ".txt", ".toml")):
            assert b'"resolved"' not in content, name
            assert b"index-url" not in content, name


def test_the_counts_in_the_data_readme_are_those_of_the_graph(kg: gdakg.KnowledgeGraph) -> None:
    readme = (ROOT / "data" / "README.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `([\w-]+)\.ttl` \| (\d+) \|", readme, re.MULTILINE))
    counted = {row.graph.rsplit("/", 1)[1]: str(row.triples) for row in kg.query("graphs")}
    counted.pop("ontology")
    counted.pop("alignments")  # in ontology/
    assert told == counted, "write the counts that `gdakg query graphs` gives into data/README.md"
