"""What folds alike: scripts, accents, spellings."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdakg.folding import fold, indexed, words
from gdakg.indexing import Entry
from gdakg.searching import index_of
from reports.script_pairs import DICTIONARY, WRITTEN, text

WEB = Path(__file__).parents[1] / "web"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(typed: str) -> None:
    folded = fold(typed)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｅｎｅｒｇｙ", "energy"),
        ("Énergie", "ENERGIE"),
        ("œuvre", "oeuvre"),
        ("CO₂", "co2"),
        ("綠色軟體", "绿色软体"),
        ("臺灣", "台湾"),
        ("ﬁbre", "fibre"),
        ("Wi‑Fi", "wi-fi"),  # the hyphen that does not break
    ],
)
def test_what_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("data centres", "data centers"),
        ("fibre", "fiber"),
        ("organisations", "organizations"),
        ("standardised", "standardized"),
        ("analyse", "analyze"),
        ("behaviour", "behavior"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("aluminium", "aluminum"),
    ],
)
def test_british_and_american_are_one(british: str, american: str) -> None:
    assert indexed(british) == indexed(american)


def test_a_chinese_run_is_found_by_every_part_of_it() -> None:
    run = "绿色数据中心"
    for start in range(len(run)):
        for end in range(start + 1, len(run) + 1):
            found = index_of([Entry("x:1", "area", "", {"zh-Hans": run})]).search(run[start:end])
            assert found, run[start:end]
    assert words("数据中心") == ("数据", "据中", "中心", "心")


def test_the_pairs_are_those_of_the_dictionary_and_hold_those_of_the_pages() -> None:
    if not DICTIONARY.exists():
        pytest.skip("web/node_modules is not there")
    assert WRITTEN.read_text("utf-8") == text(DICTIONARY.read_text("utf-8"))
    if (node := shutil.which("node")) is None:
        pytest.skip("node is not here")
    script = "import('./pairs.mjs').then((m) => process.stdout.write(m.scriptPairs()))"
    done = subprocess.run(
        [node, "-e", script], cwd=WEB, capture_output=True, timeout=60, check=True
    )
    shown = done.stdout.decode()
    assert len(shown) > 2000
    for traditional, simplified in zip(shown[::2], shown[1::2], strict=True):
        assert fold(traditional) == fold(simplified)
