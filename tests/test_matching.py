"""A list of codes: what each means, and whether it is still current.

What is expected was read by hand in data/standards.ttl, data/judgements.ttl, data/titles-zh.ttl,
data/gaps-inferred.ttl and data/aligned-texts.ttl.
"""

import json
import time
from pathlib import Path

import pytest

import gdakg
from gdakg.errors import ParameterError
from gdakg.matching import Match, Matcher, match
from gdakg.watching import watch
from running import run


def one(kg: gdakg.KnowledgeGraph, code: str, language: str = "en") -> Match:
    """Return what `code` means."""
    [found] = match(kg, [code], language)
    return found


@pytest.mark.parametrize(
    ("code", "state", "edition", "current", "replaced_by"),
    [
        ("L1470", "current", "", "ITU-T L.1470 (01/2020)", ""),
        ("iso14067：2018", "current", "ISO 14067:2018", "ISO 14067:2018", ""),
        (
            *("itu-t rec. l.1410 (12/2014)", "superseded", "ITU-T L.1410 (12/2014)"),
            *("ITU-T L.1410 (11/2024)", "ITU-T L.1410 (11/2024)"),
        ),
        (
            *("L.1480 (2022)", "superseded", "ITU-T L.1480 (12/2022)"),
            *("ITU-T L.1480 (07/2025)", "ITU-T L.1480 (07/2025)"),
        ),
        (
            *("ISO/TS 14071:2014", "superseded", "ISO/TS 14071:2014"),
            *("ISO 14071:2024", "ISO 14071:2024"),
        ),
        (
            *("ISO/TS 14071", "superseded", "ISO/TS 14071:2014"),
            *("ISO 14071:2024", "ISO 14071:2024"),
        ),
        ("ISO/IEC 17788", "withdrawn", "", "", ""),
        ("IEC TR 62725:2013", "superseded", "IEC TR 62725:2013", "", ""),
        ("ISO/DIS 50100", "draft", "", "", ""),
        ("RFC9030", "current", "", "RFC 9030", ""),
        ("ISO 14067:2013", "unknown-edition", "ISO 14067:2013", "ISO 14067:2018", ""),
        ("L.1600", "current", "", "ITU-T Y.4900/L.1600 (06/2016)", ""),
    ],
)
def test_a_code_tells_how_it_stands(
    kg: gdakg.KnowledgeGraph, code: str, state: str, edition: str, current: str, replaced_by: str
) -> None:
    found = one(kg, code)
    assert found.state == state
    assert (found.edition, found.current, found.replaced_by) == (edition, current, replaced_by)


def test_a_match_tells_all_that_a_reader_asks(kg: gdakg.KnowledgeGraph) -> None:
    found = one(kg, "itu l.1410")
    assert found.code == "ITU-T L.1410"
    assert found.title.startswith("Methodology for environmental life cycle assessments")
    assert (found.body, found.status, found.issued) == ("ITU-T", "published", "2024-11-06")
    assert found.aligned == "ETSI ES 203 199"
    assert (found.pillars, found.areas, found.note) == ("2", "Climate change", "")
    assert one(kg, "L.1480").gaps == "GAP-X-AVOID"
    assert one(kg, "ETSI ES 203 199").aligned == "ITU-T L.1410"
    assert one(kg, "ISO/TS 14071").pillars == "2; 3"


def test_a_reader_of_chinese_reads_chinese(kg: gdakg.KnowledgeGraph) -> None:
    found = one(kg, "ＩＳＯ １４０６７：２０１８", "zh-Hant")
    assert found.title == "溫室氣體－產品碳足跡－量化之要求事項與指導綱要"
    assert (found.status, found.areas) == ("複審中", "氣候變遷")
    assert one(kg, "ISO 14067:2013", "zh-Hans").note == "未收录该版次；现行版次ISO 14067:2018比它新"


def test_notes_say_what_the_other_columns_cannot(kg: gdakg.KnowledgeGraph) -> None:
    assert one(kg, "L.1410 (12/2014)").note == "older edition: current is ITU-T L.1410 (11/2024)"
    assert "ISO 14067:2018, the newest known, is earlier" in one(kg, "ISO 14067:2030").note
    assert one(kg, "IEC TR 62725").note == (
        "its last edition is IEC TR 62725:2013; a successor is not recorded here"
    )
    assert "read as 'ISO 14067:2018'" in one(kg, "ISO 14067:2018 Greenhouse gases").note
    assert "read as 'ISO 14067'" in one(kg, "ISO 14067; ISO 14068-1").note
    adopted = one(kg, "BS EN ISO 14067:2018")
    assert (adopted.code, adopted.edition) == ("ISO 14067", "")
    assert adopted.note == "adoption of ISO 14067; the year is that of the adoption"


@pytest.mark.parametrize(
    "code", ["9001", "14067", "14067:2018", "14067.0", "30134-2", "１４０６７"]
)
def test_no_publisher_is_guessed(kg: gdakg.KnowledgeGraph, code: str) -> None:
    found = one(kg, code)
    assert (found.state, found.code, found.current) == ("unknown", "", "")
    assert found.note.startswith("which publisher?")


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("14067", "ISO 14067"),
        ("30134-2", "ISO/IEC 30134-2"),
        ("ISO/IEC 14067", "ISO 14067"),
        ("ISO 14068", "ISO 14068-1"),
        ("ISO 50100", "ISO/DIS 50100"),
        ("IOS 14067", "ISO 14067"),
        ("ITU-T L.147O", "ITU-T L.1470"),
        ("ITU-T L.11470", "ITU-T L.1470"),
    ],
)
def test_an_unknown_code_has_near_ones(kg: gdakg.KnowledgeGraph, code: str, near: str) -> None:
    found = one(kg, code)
    assert found.state == "unknown"
    assert near in found.near
    assert near in found.note
    assert (found.title, found.current) == ("", "")


def test_another_number_is_no_near_miss(kg: gdakg.KnowledgeGraph) -> None:
    assert one(kg, "ISO 14097").state == "current"
    assert one(kg, "ISO 14098").near == ()  # one digit from ISO 14097, and another standard


@pytest.mark.parametrize("code", ["hello", "ISO", "?", "-", "x" * 10_000, "ISO\0 1", "\ud800", "٣"])
def test_what_is_no_code_is_unknown(kg: gdakg.KnowledgeGraph, code: str) -> None:
    assert one(kg, code).state == "unknown"


def test_nothing_is_empty(kg: gdakg.KnowledgeGraph) -> None:
    assert {found.state for found in match(kg, ["", " ", "\u3000"])} == {"empty"}


def test_every_code_of_the_graph_is_found(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("""SELECT ?code ?standard { ?thing dcterms:identifier ?code .
        { ?thing a gda:Standard BIND(?thing AS ?s) } UNION
        { ?thing a gda:Edition ; dcterms:isVersionOf ?s } ?s dcterms:identifier ?standard }""")
    codes = [(row.code, row.standard) for row in rows]
    assert len(codes) > 1_300
    found = list(match(kg, (code for code, _ in codes)))
    lost = [(m.asked, m.code) for m, (_, code) in zip(found, codes, strict=True) if m.code != code]
    assert lost == []


def test_codes_are_taken_as_they_come(kg: gdakg.KnowledgeGraph) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield f"ISO {taken}"

    first = next(match(kg, endless()))  # type: ignore[arg-type]
    assert first.asked == "ISO 1"
    assert taken <= 1_000


def test_ten_thousand_codes_a_second(kg: gdakg.KnowledgeGraph) -> None:
    codes = [f"ISO {number}:{2000 + number % 25}" for number in range(5_000)]
    matcher = Matcher(kg)
    start = time.process_time()
    matcher.matches(codes)
    assert time.process_time() - start < 0.5


def test_a_remote_graph_gives_the_same(kg: gdakg.KnowledgeGraph, endpoint: str) -> None:
    codes = ["L.1410 (12/2014)", "ISO/IEC 17788", "14067"]
    assert list(match(gdakg.connect(endpoint), codes)) == list(match(kg, codes))


def test_a_large_graph_is_read_when_asked(
    kg: gdakg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = ["L.1410 (12/2014)", "ISO/IEC 17788", "ISO 1", "BS EN ISO 14067"]
    wanted = list(match(kg, codes))
    monkeypatch.setattr("gdakg.matching.is_large", lambda engine: True)
    monkeypatch.setattr("gdakg.matching.standards", lambda engine, is_curated: [])
    assert [found[:15] for found in match(kg, codes)] == [found[:15] for found in wanted]


def test_watch_tells_what_the_named_question_tells(kg: gdakg.KnowledgeGraph) -> None:
    found = watch(kg)
    revised = {(c.standard, c.before, c.after) for c in found.changes if c.change == "revised"}
    asked = {(row.standard, row.atCOP28, row.current) for row in kg.query("revised_since_cop28")}
    assert revised == asked
    assert len(revised) > 30


def test_watch_tells_what_is_gone(kg: gdakg.KnowledgeGraph) -> None:
    gone = {c.standard: c for c in watch(kg).changes if c.change != "revised"}
    assert {code for code, c in gone.items() if c.change == "withdrawn"} == {
        *("IEC 62040-4", "ISO 22327", "ISO 50045", "ISO Guide 64"),
        *("ISO/IEC 17788", "ISO/IEC 17789"),
    }
    assert {code for code, c in gone.items() if c.change == "replaced"} == {
        *("IEC 60364-8-1", "IEC TR 61850-1", "IEC TR 62725", "IEC TR 62726"),
    }
    assert gone["ISO 22327"].note == "when is not recorded"
    assert gone["IEC TR 62725"].note == "when is not recorded; by what is not recorded"


def test_watch_since_a_date(kg: gdakg.KnowledgeGraph) -> None:
    def revised(since: str) -> set[str]:
        return {c.standard for c in watch(kg, since).changes if c.change == "revised"}

    assert "ITU-T L.1480" in revised("2025-07-29")  # of that very day
    assert "ITU-T L.1480" not in revised("2025-07-30")
    assert {"ITU-T L.1022", "ITU-T L.1203", "ITU-T L.1331"} <= revised("2026-07")
    assert revised("2027") == set()


@pytest.mark.parametrize(
    "since", ["", "2024-13", "2024-02-30", "24", "yesterday", "2024-6", "２０２４"]
)
def test_watch_refuses_what_is_no_date(kg: gdakg.KnowledgeGraph, since: str) -> None:
    with pytest.raises(ParameterError, match="takes a date"):
        watch(kg, since)


#: records of our own making, as later catalogues might have them
LATER = {
    "iso": [
        {"id": "ISO 14067:2018", "published": "2018-08", "status": "withdrawn"},
        {"id": "ISO 14067:2031", "published": "2031-05", "status": "published"},
        {"id": "ISO 14067:2018/Amd 1:2019", "published": "2019-01", "status": "published"},
        {"id": "ISO 37153:2024", "published": "2024-08", "status": "withdrawn"},
        {"id": "ISO 99990:2019", "published": "2019-03", "status": "published"},
    ],
    "iec": [{"id": "ISO 37153:2024", "published": "2024-08", "status": "published"}],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the bundled graph and two catalogues in which standards moved."""
    folder = tmp_path_factory.mktemp("catalogue")
    path = folder / "my.store"
    for body, records in LATER.items():
        lines = [
            {"docids": [{"id": r["id"], "type": "ISO", "primary": True}], "type": "standard"}
            | {"body": body.upper(), "title": {"en": f"Title of {r['id']}"}, "file": "x.yaml"}
            | {"dates": {"published": r["published"]}, "stage": r["status"], "relations": []}
            | {"publisher": ["ISO"]}
            | r
            for r in records
        ]
        listed = folder / f"{body}.jsonl"
        listed.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        arguments = ["catalogue", "import", body, str(listed), "--store", str(path)]
        done = run(*arguments)
        assert done.exit_code == 0, done.output
    return path


def test_a_store_knows_later_editions(store: Path) -> None:
    kg = gdakg.open_store(store)
    found = one(kg, "ISO 14067:2018")
    assert (found.state, found.current) == ("withdrawn", "ISO 14067:2031")
    assert one(kg, "ISO 14067").current == "ISO 14067:2031"
    assert one(kg, "ISO 37153").state == "withdrawn"
    assert "catalogues differ: published, withdrawn" in one(kg, "ISO 37153").note
    amended = one(kg, "ISO 14067:2018/AMD1:2019")
    assert (amended.code, amended.edition) == ("ISO 14067", "ISO 14067:2018/Amd 1:2019")
    assert one(kg, "iso 99990").current == "ISO 99990:2019"


def test_watch_asks_a_store(store: Path) -> None:
    found = {c.standard: c for c in watch(gdakg.open_store(store)).changes}
    assert found["ISO 14067"][3:6] == ("ISO 14067:2018", "ISO 14067:2031", "2031-05")
    assert found["ISO 37153"].change == "withdrawn"
    assert found["ISO 37153"].note == "when is not recorded; catalogues differ"
    assert "ISO 99990" not in found  # known, and not curated
