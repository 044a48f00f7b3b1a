"""`gdakg search`: a table, csv, json, and what to say where nothing is found."""

import csv
import io
import json
from functools import partial
from pathlib import Path

import running

run = partial(running.run, "search", width=200)


def test_the_command_prints_a_table() -> None:
    done = run("l1470", "--limit", "1")
    assert done.exit_code == 0
    head = [cell.strip() for cell in done.stdout.splitlines()[1].strip("│").split("│")]
    assert head == ["code", "title", "kind", "body", "year", "stage"]
    row = [cell.strip() for cell in done.stdout.splitlines()[3].strip("│").split("│")]
    assert (row[0], row[2:]) == ("ITU-T L.1470", ["standard", "ITU-T", "2020", "published"])
    assert done.stdout.splitlines()[-1] == "the first 1; --limit shows more"


def test_the_command_in_chinese() -> None:
    done = run("綠色資料中心最佳實務", "--lang", "zh-Hant")
    assert "│ 編號" in done.stdout
    assert "│ 標準 │ ITU-T │ 2014 │ 已發布 │" in done.stdout
    assert "綠色資料中心最佳實務" in done.stdout
    assert done.stdout.endswith("找到1項\n")


def test_the_command_writes_csv_and_json() -> None:
    done = run("carbon", "footprint", "--body", "ISO", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0]["code"] == "ISO 14067"
    assert rows[0]["iri"] == "https://w3id.org/gdakg/id/std/iso/14067"
    assert f"{len(rows)} found" in done.stderr
    told = json.loads(run("ISO 14067:2018", "--format", "json", "--lang", "zh-Hans").stdout)
    assert told[0]["code"] == "ISO 14067:2018"
    assert told[0]["title"] == "温室气体——产品碳足迹——量化要求和指南"
    assert told[0]["year"] == 2018
    assert set(told[0]["titles"]) == {"en", "fr", "zh-Hans", "zh-Hant"}


def test_the_command_finds_nothing() -> None:
    done = run("ISO 14607")
    assert done.exit_code == 0
    assert done.stdout.startswith("nothing found in ")
    assert done.stdout.endswith(" records; near: ISO 14067\n")
    empty = run("xyzzy", "--format", "json")
    assert json.loads(empty.stdout) == []
    assert "nothing found" in empty.stderr


def test_the_command_refuses_what_is_not() -> None:
    done = run("carbon", "--status", "gone")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: nothing here has the status 'gone'; there are: draft,")
    assert run("carbon", "--limit", "0").exit_code == 2
    assert run().exit_code == 2


def test_your_data_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix gda: <https://w3id.org/gdakg/def#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/gdakg/id/std/ex/1> a gda:Standard ; dcterms:identifier 'EX 1' ;\n"
        "  skos:prefLabel 'Zymurgy of fans'@en .\n",
        encoding="utf-8",
    )
    done = run("zymurgy", "--data", str(path), "--format", "csv")
    assert [row["code"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["EX 1"]
