"""docs/security.md names tests; each must exist, and each promise have one."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "security.md"
ROWS = re.findall(r"^\| (?!promise|---)(.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.M)


def functions(path: Path) -> set[str]:
    """Return the names of the test functions in `path`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_page_makes_promises() -> None:
    assert len(ROWS) > 20


@pytest.mark.parametrize(("promise", "tests"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_promise_names_tests_that_exist(promise: str, tests: str) -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", tests)
    assert named, f"no test holds: {promise}"
    assert ", ".join(f"`{file}::{name}`" for file, name in named) == tests
    for file, name in named:
        assert name in functions(TESTS / file), f"{file} has no {name}"


def test_the_figures_are_the_defaults() -> None:
    from gdakg import guard
    from gdakg.server import listening, protocol
    from gdakg.server.settings import Settings

    page = PAGE.read_text(encoding="utf-8")
    usual = Settings()
    assert f"It runs {usual.limits.seconds:g} seconds at most" in page
    assert f"It takes {usual.limits.memory // 1024**3} GiB of memory" in page
    assert f"{usual.limits.rows:,} rows and {usual.limits.bytes // 1024**2} MiB" in page
    assert f"At most {guard.MAX_BYTES // 1024} kB of query" in page
    assert f"Nesting of more than {guard.MAX_DEPTH}, or more than {guard.MAX_PARTS:,} parts" in page
    assert f"not a whole head, comes within {usual.head_seconds:g} seconds" in page
    assert f"A body that does not come within {usual.body_seconds:g} seconds" in page
    assert f"nothing of its answer for {usual.send_seconds:g} seconds" in page
    assert f"at rest is closed after {usual.idle_seconds:g} seconds" in page
    assert f"{usual.connections:,} connections may be open" in page
    assert f"An address has {protocol.MAX_ADDRESS // 1024} kB at most" in page
    assert f"the head of a request {listening.MAX_HEAD // 1024} kB" in page
    assert usual.waiting == 32 * usual.workers
