"""One standard, found by any spelling; and the codes and IRIs behind it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdakg
from gdakg.identifiers import edition_iri, key, mint, short_key, standard_iri, undated


@pytest.mark.parametrize(
    "text",
    [
        "L.1470",
        "l1470",
        "ITU-T L.1470",
        "ITU-T Rec. L.1470 (01/2020)",
        "ＩＴＵ－Ｔ Ｌ．1470",
        "std/itu-t/l.1470",
        "https://w3id.org/gdakg/id/std/itu-t/l.1470",
    ],
)
def test_any_spelling_will_do(kg: gdakg.KnowledgeGraph, text: str) -> None:
    assert kg.standard(text).code == "ITU-T L.1470"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ISO14067：2018", "ISO 14067"),
        ("rfc8428", "RFC 8428"),
        ("IEEE 1680.2-2012", "IEEE Std 1680.2"),
        ("etsi es 203 199 V1.4.1 (2025-01)", "ETSI ES 203 199"),
        ("iso/iec 30134-2", "ISO/IEC 30134-2"),
        ("Y.4900/L.1600", "ITU-T Y.4900/L.1600"),
    ],
)
def test_other_publishers_too(kg: gdakg.KnowledgeGraph, text: str, code: str) -> None:
    assert kg.standard(text).code == code


def test_what_is_not_there_lists_the_near_ones(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.UnknownThingError, match=r"no standard 'L\.1479'; near: .*L\.1471"):
        kg.standard("L.1479")
    with pytest.raises(gdakg.UnknownThingError, match=r"IEEE Std 1888\.1 or ISO/IEC/IEEE 18881"):
        kg.standard("18881")
    with pytest.raises(gdakg.UnknownThingError, match="says nothing about"):
        kg.standard("https://example.org/none")
    with pytest.raises(gdakg.UnknownThingError):
        kg.standard("")


def test_what_a_standard_tells(kg: gdakg.KnowledgeGraph) -> None:
    """Against the rows of the catalogue, read by eye."""
    standard = kg.standard("ITU-T L.1480")
    assert standard.title().startswith("Enabling the Net Zero transition")
    assert standard.title("zh-Hant").startswith("促成淨零轉型－評估資通訊技術")
    assert standard.title("fr").startswith("[en] Enabling")
    assert [edition.code for edition in standard.editions] == [
        "ITU-T L.1480 (12/2022)",
        "ITU-T L.1480 (07/2025)",
    ]
    assert [edition.is_current for edition in standard.editions] == [False, True]
    assert standard.publishers == ["ITU-T"]
    assert standard.stage == "published"
    assert standard.gaps == ["GAP-X-AVOID"]
    assert standard.sources[0].endswith("/data/itu-t-l-1480-07-2025.yaml")


def test_french_titles_are_there(kg: gdakg.KnowledgeGraph) -> None:
    assert kg.standard("ISO 14040").title("fr").startswith("Management environnemental")


def test_two_rows_of_one_standard_are_two_editions(kg: gdakg.KnowledgeGraph) -> None:
    editions = kg.standard("1680.2").editions
    codes = ["IEEE Std 1680.2-2012", "IEEE Std 1680.2-2024"]
    assert [edition.code for edition in editions] == codes


def test_drafts_have_no_edition(kg: gdakg.KnowledgeGraph) -> None:
    assert kg.standard("ISO/DIS 14054").editions == []
    assert kg.standard("ISO/DIS 14054").stage == "draft"


@pytest.mark.parametrize(
    ("designation", "standard", "edition"),
    [
        ("ISO 14067:2018", "iso/14067", "iso/14067/2018"),
        ("ISO/IEC TR 20226", "iso-iec/tr-20226", "iso-iec/tr-20226"),
        ("ITU-T Y.4900/L.1600 (06/2016)", "itu-t/y.4900~l.1600", "itu-t/y.4900~l.1600/2016-06"),
        ("ETSI EN 303 800-2 V1.1.1 (2025-06)", "etsi/en-303-800-2", "etsi/en-303-800-2/v1.1.1"),
        ("IEEE Std 802.3az-2010", "ieee/802.3az", "ieee/802.3az/2010"),
        ("RFC 9030", "ietf/rfc-9030", "ietf/rfc-9030"),
        ("IWA 48:2024", "iso/iwa-48", "iso/iwa-48/2024"),
    ],
)
def test_iris(designation: str, standard: str, edition: str) -> None:
    assert standard_iri(designation) == f"https://w3id.org/gdakg/id/std/{standard}"
    assert edition_iri(designation) == f"https://w3id.org/gdakg/id/ed/{edition}"
    assert standard_iri(undated(designation)) == standard_iri(designation)


def test_no_publisher_is_guessed() -> None:
    with pytest.raises(ValueError, match="no publisher begins 'UL 94'; there are: ISO"):
        standard_iri("UL 94")
    with pytest.raises(ValueError, match="no IRI for"):
        mint("std", "iso", "標準")


CODES = ["ITU-T L.1470", "ISO/IEC 30134-2:2016", "RFC 9030", "ETSI ES 203 199", "IEC 62474"]


@given(st.sampled_from(CODES), st.randoms(use_true_random=False))
def test_a_code_is_the_same_however_it_is_typed(code: str, random: Random) -> None:
    wide = {ord(c): chr(ord(c) + 0xFEE0) for c in code if "!" <= c <= "~"}
    typed = "".join(random.choice([c, c.lower(), c.translate(wide)]) for c in code)
    typed = random.choice([typed, typed.replace(" ", ""), f" {typed} ", typed.replace(" ", "  ")])
    assert key(typed) == key(code)
    assert short_key(typed) == short_key(code)
    assert {key(other) for other in CODES if other != code}.isdisjoint({key(typed)})
