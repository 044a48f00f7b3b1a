"""The house stays a stack of floors: a module imports only from floors below its own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gdakg

PACKAGE = Path(gdakg.__file__).parent

#: lowest first; every module of the package has its place
FLOORS = [
    {"errors", "paths", "namespaces", "sorting", "writing"},
    {"identifiers.parts", "identifiers.spelling", "folding", "guard", "turtle"},
    {"identifiers.printing"},
    {"identifiers.designation"},
    {"identifiers.engineering", "identifiers.international"},
    {"identifiers.named", "identifiers.telecom"},
    {"identifiers.parsing"},
    {"identifiers"},
    {"records", "catalogues.cleaning", "catalogues.shapes", "catalogues.yamltext"},
    {"catalogues.documents", "catalogues.linking", "catalogues.reader", "catalogues.stages"},
    {"catalogues.items", "catalogues.rows"},
    {"catalogues.jsonlines", "catalogues.relaton", "catalogues.rfc_editor", "catalogues.table"},
    {"catalogues.iso_open_data"},
    {"catalogues"},
    {"feeding", "identity", "ntriples", "stores", "posting", "paging", "tallying"},
    {
        "classifying",
        "binding",
        "answers",
        "indexing",
        "spreadsheets",
        "near_misses",
        "match_wording",
    },
    {"stating", "engine", "evidence", "loading", "face"},
    {"gathering", "endpoint", "findable", "naming", "release", "things", "standard"},
    {"questions", "description", "provenance", "searching", "listing", "deriving", "keeping"},
    {"importing", "bundled_index", "void", "extent", "gap", "standing"},
    {"knowledge", "tables", "shapes"},
    {"parquet", "codes", "accounts"},
    {"network", "validation", "matching"},
    {"network_files", "pages.kinds", "pages.links", "pages.templates", "pages.wording"},
    {"districts", "lists", "watching"},
    {"layout", "bridging", "chronology", "connection", "coverage", "gaps"},
    {"crosstab", "entries", "gap_forms", "code_forms", "rendering", "search_forms"},
    {"pages.payload", "standards_table"},
    {"pages.page", "pages.notebook", "exporting"},
    {"pages.fill"},
    {"pages.sheet"},
    {"pages.chronicle", "pages.console", "pages.sankey", "pages.strip"},
    {"pages.cards", "pages.downloads", "pages.entry_sheet", "pages.matrix"},
    {"pages.site_folder"},
    {"pages"},
    {"__init__"},
    {"server.jobs", "server.negotiation", "server.shelf", "server.media", "server.measuring"},
    {"server.forms", "server.languages", "server.surroundings"},
    {"server.settings", "server.digesting", "server.asking", "server.pool", "server.served"},
    {"server.describing", "server.worker", "server.desk", "server.asked", "server.terms"},
    {"server.protocol", "server.linked", "server.looking", "server.site_files"},
    {"server.console", "server.linked_routes", "server.openapi"},
    {"server.app"},
    {"server.listening", "server"},
    {"commands"},
    {
        "catalogue_commands",
        "export_commands",
        "identity_commands",
        "search_commands",
        "serve_commands",
        "view_commands",
        "list_commands",
    },
    {"cli"},
    {"__main__"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))

#: heavy friends, which only those load who ask for them
HEAVY = (
    *("rdflib", "networkx", "pyvis", "IPython", "pandas", "numpy", "jinja2", "SPARQLWrapper"),
    *("pyshacl", "openpyxl", "pyarrow"),
)


def own(path: Path) -> str:
    """Return the name by which FLOORS knows the module in `path`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    """Return the modules of ours that the module in `path` imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = [name.removeprefix("gdakg.") for name in found if name.split(".")[0] == "gdakg"]
    return {_module(name) for name in ours}


def _module(name: str) -> str:
    """Return the module in which `name` stands: the longest beginning that is a module."""
    parts = name.split(".")
    tried = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((module for module in tried if module in FLOOR), "__init__")


def test_every_module_has_its_floor() -> None:
    assert {own(path) for path in MODULES} == set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_imports_upwards(path: Path) -> None:
    above = {name for name in imported(path) - {own(path)} if FLOOR[name] >= FLOOR[own(path)]}
    assert not above, f"{path.name} imports {above}, which are not below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "a file of this length asks for a better idea"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"


def loaded(program: str) -> list[str]:
    """Return which heavy friends are loaded after `program`, in a process of its own."""
    report = f"import sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    command = [sys.executable, "-c", f"{program}\n{report}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()[-1].split()


def test_importing_gdakg_loads_nothing_heavy() -> None:
    assert loaded("import gdakg") == []
    assert loaded("import gdakg; len(gdakg.load())") == []
    assert loaded("import gdakg.cli") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "standards_by_pillar", "-p", "pillar=4"],
        ["query", "SELECT ?s { ?s a gda:Pillar }", "--format", "json"],
        ["query", "standards_by_area", "-p", "area=e-waste", "--format", "csv"],
        ["show", "L.1470"],
        ["queries"],
        ["id", "L1470", "ISO 14064-7"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_a_query_loads_nothing_heavy(arguments: list[str]) -> None:
    program = f"from gdakg.cli import main\nmain({arguments!r}, standalone_mode=False)"
    assert loaded(program) == []


def test_the_check_sees_what_is_loaded() -> None:
    assert loaded("import networkx") == ["networkx"]


def test_the_named_friends_are_used() -> None:
    used = {
        name.split(".")[0]
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {"rdflib", "networkx", "pyvis", "SPARQLWrapper", "click"} <= used
