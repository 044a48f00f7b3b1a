"""`gdakg id`: what it tells of codes, and of what comes near them."""

import json
from functools import partial
from pathlib import Path

import pytest
from wcwidth import wcswidth

import gdakg
import running
from gdakg.code_forms import reason
from gdakg.codes import identify

run = partial(running.run, "id")


def test_a_code_is_taken_apart_and_found() -> None:
    done = run("l1470")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "ITU-T L.1470"
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "asked for l1470" in lines
    assert "publisher ITU-T (by the form of the code, which names none)" in lines
    assert "IRI https://w3id.org/gdakg/id/std/itu-t/l.1470" in lines
    assert "stage published" in lines
    assert "current ITU-T L.1470 (01/2020)" in lines
    assert not done.stderr


def test_several_codes_and_those_of_standard_input() -> None:
    done = run("ISO 14067", "-", given="RFC9547\n\n y4902/l1602 \n")
    headings = [block.splitlines()[0] for block in done.stdout.split("\n\n")]
    assert headings == ["ISO 14067", "RFC 9547", "ITU-T Y.4902/L.1602"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ISO 14064-7", "no part 7; parts 1-3 exist"),
        ("ISO/IEC 30134", "only in parts; parts "),
        ("ISO 30134-2", "the number is of another publisher: ISO/IEC 30134-2"),
        ("ISO/TS 14067", "the number is of another type or stage: ISO 14067"),
        ("ISO 14067:2013", "this edition is not known; known: ISO 14067:2018"),
        ("DIN EN ISO 14067:2019-02", "it adopts ISO 14067"),
        ("ISO 41067", "similar codes: ISO 14067"),
        ("ISO 9001", ""),
    ],
)
def test_a_near_miss_has_its_reason(kg: gdakg.KnowledgeGraph, code: str, told: str) -> None:
    known = identify(kg, code)
    reasons = [reason(known, near) for near in known.near]
    assert (told in reasons[0] or reasons[0].startswith(told)) if told else not reasons


def test_parts_are_told_with_the_missing_one(tmp_path: Path) -> None:
    standards = [
        f"<https://w3id.org/gdakg/id/std/iso/99999-{part}> a gda:Standard ;"
        f' dcterms:identifier "ISO 99999-{part}" .\n'
        for part in (1, 2, 3, 4, 5, 6, 8, 9)
    ]
    prefixes = (
        "@prefix gda: <https://w3id.org/gdakg/def#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    )
    path = str(tmp_path / "mine.ttl")
    Path(path).write_text(prefixes + "".join(standards), encoding="utf-8")
    done = run("ISO 99999-7", "--data", path)
    assert "no part 7; parts 1-9 without 7 exist" in done.stdout
    done = run("ISO 99999-7", "--data", path, "--lang", "zh-Hans")
    assert "没有第7部分；有第1-9（缺7）部分" in done.stdout


def test_the_other_number_of_a_recommendation_finds_it(kg: gdakg.KnowledgeGraph) -> None:
    known = identify(kg, "ITU-T L.1602 (06/2016)")
    assert known.code == "ITU-T Y.4902/L.1602"
    assert known.edition == "ITU-T Y.4902/L.1602 (06/2016)"
    assert not known.near


def test_what_cannot_be_read_is_said_and_the_rest_is_answered() -> None:
    done = run("ISO 14067:20188", "ISO 14067")
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "read as ISO 14067, stopped before ':20188'" in told
    assert "Greenhouse gases" in told


def test_what_the_graph_does_not_know_may_exist() -> None:
    done = run("ISO 9001", "--lang", "zh-Hant")
    assert done.exit_code == 0
    assert "沒有此編號的記載" in done.stdout
    assert "檢索了662項標準" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_it_fits_on_eighty_columns(lang: str) -> None:
    codes = [
        "L1470",
        "ISO/IEC 30134-2:2016/AMD1:2018",
        "ISO 14064-7",
        "hello " * 20,
        "Y.4900/L.1600",
    ]
    done = run(*codes, "--lang", lang)
    assert max(map(wcswidth, done.stdout.splitlines())) <= 80
    assert "\x1b" not in run("ISO\x1b[31m 1").stdout


def test_json_holds_parts_iri_urn_and_the_graph() -> None:
    done = run("ISO/IEC 30134-2:2016/AMD1:2018", "nothing", "--format", "json")
    first, second = json.loads(done.stdout)
    assert first["code"] == "ISO/IEC 30134-2:2016/Amd 1:2018"
    assert first["parts"]["publishers"] == ["ISO", "IEC"]
    assert first["parts"]["supplements"] == [{"kind": "Amd", "number": "1", "date": "2018"}]
    assert first["urn"] == "urn:iso:std:iso-iec:30134:-2:amd:1"
    assert first["graph"]["code"] == "ISO/IEC 30134-2"
    assert first["near"][0]["reason"] == "edition"
    assert "error" in second
    assert second["graph"] is None
