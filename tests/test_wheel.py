"""The wheel holds all that is needed, and works where there is no checkout."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Return what `command` prints; it must succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    run(sys.executable, *build, cwd=folder)
    return next(folder.glob("gdakg-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an empty environment with the wheel and what it depends on.

    The dependencies are those of this environment, by a path file, since tests have no network.
    """
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = ("-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    run(sys.executable, *install, cwd=place)
    where = run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=place)
    path_file = Path(where.strip()) / "dependencies.pth"
    path_file.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_wheel_holds_ontology_data_queries_and_page(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("ontology", "*.ttl"), ("data", "*.ttl"), ("queries", "*.rq")):
        files = list((ROOT / folder).glob(pattern))
        assert files
        assert {f"gdakg/{folder}/{path.name}" for path in files} <= held
    for asset in ("network.html.j2", "page.js", "page.css", "vis-network.min.js", "THIRD_PARTY.md"):
        assert f"gdakg/pages/assets/{asset}" in held
    assert not [name for name in held if name.startswith(("tests/", "web/"))]


def test_the_main_job_is_done_from_the_wheel(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import gdakg; print(gdakg.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(python.parents[1]), "not the installed package"
    command = python.parent / "gdakg"
    answer = run(command, "query", "standards_by_pillar", "-p", "pillar=4", cwd=tmp_path)
    assert answer.endswith("30 rows\n662 records searched (standard), as of 2026-11-22\n")
    assert "ITU-T L.1470 (01/2020)" in run(command, "show", "L.1470", cwd=tmp_path)
    run(command, "view", "network", "-o", "network.html", cwd=tmp_path)
    assert "ITU-T L.1470" in (tmp_path / "network.html").read_text(encoding="utf-8")
    assert run(command, "--version", cwd=tmp_path).startswith("gdakg 0.")
