"""Designations: what is read, how it is printed, ordered, compared and named."""

import itertools
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdakg
from gdakg.answers import solutions
from gdakg.errors import DesignationError
from gdakg.identifiers import Designation, Supplement, names_publisher, parse

#: what people type -> the publisher's own form
SPELLINGS = {
    "L1470": "ITU-T L.1470",
    "ITU-T Rec. L.1470 (01/2020)": "ITU-T L.1470 (01/2020)",
    "Recommendation ITU-T L.1410": "ITU-T L.1410",
    "ITU L.1410": "ITU-T L.1410",
    "y4900/l1600": "ITU-T Y.4900/L.1600",
    "ITU-T F.400 / ITU-T X.400 (06/1999)": "ITU-T F.400/X.400 (06/1999)",
    "x.1303bis": "ITU-T X.1303 bis",
    "L.Sup37": "ITU-T L Suppl. 37",
    "ITU-T G.997.1 (2009) Amd. 1 (06/2010)": "ITU-T G.997.1 (2009) Amd. 1 (06/2010)",
    "ITU-T H.245 (V17) (2022) Cor. 1 (12/2022)": "ITU-T H.245 (V17) (2022) Cor. 1 (12/2022)",
    "BT.709-6": "ITU-R BT.709-6",
    "ITU-R 213-1/9:": "ITU-R Question 213-1/9",
    "iso14067：2018": "ISO 14067:2018",
    "ISO 14067-2018": "ISO 14067:2018",
    "ISO 50001 : 2018": "ISO 50001:2018",
    "iso ts 14072": "ISO/TS 14072",
    "ISO/CD TS 14072.2": "ISO/CD TS 14072.2",
    "ISO/DTS 15855.2": "ISO/DTS 15855.2",
    "iwa 48": "IWA 48",
    "ISO Guide 84:2020": "ISO Guide 84:2020",
    "ISO/IEC 30134-2:2016/AMD1:2018": "ISO/IEC 30134-2:2016/Amd 1:2018",
    "ISO 10062:2022/DAM 1": "ISO 10062:2022/DAM 1",
    "ISO/IEC 10646:2020/CD Amd 2.3": "ISO/IEC 10646:2020/CD Amd 2.3",
    "ISO/IEC 10035-1:1995/AMD1:1997/COR1:1999": "ISO/IEC 10035-1:1995/Amd 1:1997/Cor 1:1999",
    "ISO/IEC DIR 1 + IEC SUP:2016-05": "ISO/IEC DIR 1 + IEC SUP:2016-05",
    "IEC 60027-1:1971/Amd 1:1974": "IEC 60027-1:1971/AMD1:1974",
    "IEC/TR 63534:2025": "IEC TR 63534:2025",
    "CISPR 11:2015+AMD1:2016 CSV": "CISPR 11:2015+AMD1:2016 CSV",
    "ISO/IEC/IEEE 8802.1Q-2024": "ISO/IEC/IEEE 8802-1Q:2024",
    "IEC/IEEE 60076.57-129-2017": "IEC/IEEE 60076-57-129:2017",
    "RFC8428": "RFC 8428",
    "10.17487/RFC0791": "RFC 791",
    "bcp 14": "BCP 14",
    "draft-ietf-green-use-cases-05": "draft-ietf-green-use-cases-05",
    "IEEE 1680.1™-2018": "IEEE Std 1680.1-2018",
    "IEEE P802.3/D3.0-2024-05": "IEEE P802.3/D-3.0-2024-05",
    "IEEE Std 802.1AB/Cor2-2015": "IEEE Std 802.1AB/Cor2-2015",
    "IEEE Std C57.12.90-2015 Redline": "IEEE Std C57.12.90-2015 Redline",
    "ETSI ES203199 V1.3.1 (2015-02)": "ETSI ES 203 199 V1.3.1 (2015-02)",
    "EN 303 645 V2.1.1": "ETSI EN 303 645 V2.1.1",
    "ETSI GS NFV-IFA 001 V1.1.1 (2015-12)": "ETSI GS NFV-IFA 001 V1.1.1 (2015-12)",
    "ETSI ETS 300 324-1/A1 ed.1 (1996-01)": "ETSI ETS 300 324-1/A1 ed.1 (1996-01)",
    "TS 23.501": "3GPP TS 23.501",
    "3GPP TS 29.198-04-1:REL-4/4.0.0": "3GPP TS 29.198-04-1:REL-4/4.0.0",
    "3GPP TS 38.300 Release 17": "3GPP TS 38.300:REL-17",
    "W3C REC-turtle-20140225": "W3C REC-turtle-20140225",
    "OASIS CAP-v1.2": "OASIS CAP-v1.2",
    "ECMA 370": "ECMA-370",
    "CIE S 008/E:2001": "CIE S 008/E:2001",
    "CIE ISO 11664-1:2019": "ISO/CIE 11664-1:2019",
    "GB/T 24001—2016": "GB/T 24001-2016",
    "GB 4943.1-2022": "GB 4943.1-2022",
    "GB/T 24001-2016/ISO 14001:2015": "GB/T 24001-2016 (ISO 14001:2015)",
    "cns14064-1": "CNS 14064-1",
    "JIS Q14001:2015": "JIS Q 14001:2015",
    "KS I ISO 14001:2015": "KS I ISO 14001:2015",
    "TCVN ISO/IEC 27001:2019": "TCVN ISO/IEC 27001:2019",
    "EN 50600-4-2:2016+A1:2019": "EN 50600-4-2:2016+A1:2019",
    "BS EN ISO 14001:2015": "BS EN ISO 14001:2015",
    "DIN EN ISO 14067:2019-02": "DIN EN ISO 14067:2019-02",
    "prEN 50600-4-9": "prEN 50600-4-9",
    "CEN/TS 16555-1": "CEN/TS 16555-1",
}


@pytest.mark.parametrize("typed", SPELLINGS)
def test_what_people_type_is_read_and_printed_as_the_publisher_does(typed: str) -> None:
    assert str(parse(typed)) == SPELLINGS[typed]
    assert parse(str(parse(typed))) == parse(typed)


def test_the_parts() -> None:
    assert parse("DIN EN ISO/IEC 22237-3:2022-11") == Designation(
        ("ISO", "IEC"), "22237", "3", edition="2022-11", adopters=("DIN", "EN")
    )
    assert parse("ISO/IEC TR 13818-5:1997/Amd 1:1999/Cor 1:2003") == Designation(
        ("ISO", "IEC"),
        "13818",
        "5",
        "TR",
        edition="1997",
        supplements=(Supplement("Amd", "1", "1999"), Supplement("Cor", "1", "2003")),
    )
    assert parse("ITU-T Y.4902/L.1602 (06/2016)") == Designation(
        ("ITU-T",), "Y.4902", edition="2016-06", aliases=("L.1602",)
    )
    assert parse("ETSI EN 305 200-3-1 V1.1.1 (2018-02)") == Designation(
        ("ETSI",), "305 200", "3-1", "EN", edition="V1.1.1", date="2018-02"
    )
    assert parse("IEEE P2800/D-6.0-2021-03") == Designation(
        ("IEEE",), "2800", "", "", "P", edition="D-6.0", date="2021-03"
    )


@pytest.mark.parametrize(
    ("text", "stopped", "message"),
    [
        ("ISO 14067:20188", 9, "'ISO 14067:20188': read as ISO 14067, stopped before ':20188'"),
        ("ITU-T L.1470 foo", 13, "read as ITU-T L.1470, stopped before 'foo'"),
        ("ISO fourteen", 4, "no number follows ISO, stopped before 'fourteen'"),
        ("ISO", 3, "no number follows ISO"),
        ("14067", 0, "no publisher begins '14067'; there are: ISO, IEC"),
        ("UL 94", 0, "no publisher begins 'UL 94'"),
        ("标准", 0, "no publisher begins '标准'"),
        ("P.372", 0, "'P.372' may be of ITU-T or of ITU-R: say which"),
        ("  ", 0, "no designation in an empty text"),
        ("ISO " + "1" * 300, 200, "longer than 200 characters"),
    ],
)
def test_an_error_says_where_reading_stopped(text: str, stopped: int, message: str) -> None:
    with pytest.raises(DesignationError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.stopped == stopped
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, gdakg.GdakgError)


def test_no_publisher_is_taken_for_granted_in_silence() -> None:
    guessed = ["L.1470", "ITU L.1470", "BT.709", "ES 203 199", "EN 303 645", "TS 23.501"]
    named = ["ITU-T L.1470", "ISO 14067", "RFC 9030", "EN 50600-1", "GB/T 24001", "IEEE 802.3"]
    assert [names_publisher(text) for text in guessed] == [False] * len(guessed)
    assert [names_publisher(text) for text in named] == [True] * len(named)


SAME = [
    ("ISO/IEC 17025:2005/Cor 1:2006", "ISO/IEC 17025:2005/COR1:2006"),
    ("ISO/IEC/IEEE 8802.1AC-2018", "ISO/IEC/IEEE 8802-1AC:2018"),
    ("IEC/IEEE 82079.1-2019", "IEC/IEEE 82079-1:2019"),
    ("CIE ISO 11664-1:2019", "ISO/CIE 11664-1:2019"),
    ("3GPP TS 23.501:REL-16/16.6.0", "3GPP TS 23.501 V16.6.0"),
    ("IEEE Std 1635-2018", "IEEE 1635-2018"),
    ("ISO 14001:2015(E)", "ISO 14001:2015"),
    ("ETSI ES 203 199 V1.3.1", "ETSI ES 203 199 V1.3.1 (2015-02)"),
]
DIFFERENT = [
    ("ISO/IEC 9594-2:2001/Cor 1:2008", "ISO/IEC 9594-2:2005/Cor 1:2008"),
    ("ISO 14067:2018", "ISO 14067"),
    ("ISO 14067:2018", "ISO/TS 14067:2018"),
    ("ISO/DIS 14019-2", "ISO 14019-2"),
    ("CISPR 11:2015 RLV", "CISPR 11:2015"),
    ("EN ISO 14001:2015", "ISO 14001:2015"),
    ("IEEE P1366/D-6-2011-11", "IEEE P1366/D-6-2022-05"),
    ("ISO 1-11", "ISO 11-1"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_key_is_the_same_in_all_catalogues(one: str, other: str) -> None:
    assert parse(one).key == parse(other).key


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_the_key_tells_one_document_from_another(one: str, other: str) -> None:
    assert parse(one).key != parse(other).key


def test_an_amendment_in_ieee_notation_is_found_without_the_year_of_its_base() -> None:
    one = parse("ISO/IEC/IEEE 8802.3/Amd1-2017")
    other = parse("ISO/IEC/IEEE 8802-3:2017/Amd 1:2017")
    assert one.key != other.key
    assert one.baseless_key == other.baseless_key


def test_undated() -> None:
    dated = {
        "ISO 14067:2018": "ISO 14067",
        "ISO/IEC 30134-2:2016/Amd 1:2018": "ISO/IEC 30134-2",
        "ISO/DIS 14019-2": "ISO/DIS 14019-2",
        "ITU-T L.1470 (01/2020)": "ITU-T L.1470",
        "ITU-T H.245 (V15) (12/2009)": "ITU-T H.245",
        "ITU-R BT.709-6": "ITU-R BT.709",
        "W3C REC-turtle-20140225": "W3C turtle",
        "draft-ietf-green-use-cases-05": "draft-ietf-green-use-cases",
        "CISPR 11:2015+AMD1:2016 CSV": "CISPR 11",
        "GB/T 24001-2016 (ISO 14001:2015)": "GB/T 24001",
    }
    assert {text: str(parse(text).undated) for text in dated} == dated
    assert [parse(text).is_dated for text in ("ISO 14067:2018", "ISO 14067", "RFC 9030")] == [
        True,
        False,
        False,
    ]


def test_adopted_and_other_numbers() -> None:
    assert str(parse("DIN EN ISO 14067:2019-02").adopted) == "ISO 14067"
    assert str(parse("KS I ISO 14001:2015").adopted) == "ISO 14001"
    assert parse("ISO 14067:2018").adopted is None
    assert [str(other) for other in parse("ITU-T Y.4900/L.1600 (06/2016)").others] == [
        "ITU-T L.1600 (06/2016)"
    ]


def test_iris() -> None:
    base = "https://w3id.org/gdakg/id/"
    iris = {
        "ISO 14067": "std/iso/14067",
        "ISO/IEC 30134-2:2016/AMD1:2018": "ed/iso-iec/30134-2/2016/amd-1-2018",
        "ISO 14001:2015(E)": "ed/iso/14001/2015",
        "GB/T 24001-2016": "ed/gb/t-24001/2016",
        "BS EN ISO 14001:2015": "ed/bs-en-iso/14001/2015",
        "W3C REC-turtle-20140225": "ed/w3c/turtle/rec-20140225",
        "3GPP TS 23.501:REL-16/16.6.0": "ed/3gpp/ts-23.501/16.6.0",
        "ITU-T G.729 Annex C+ (02/2000)": "ed/itu-t/g.729/annex-c~2b-2000-02",
    }
    assert {text: parse(text).iri for text in iris} == {t: base + iri for t, iri in iris.items()}


def test_everything_in_the_graph_keeps_its_iri(kg: gdakg.KnowledgeGraph) -> None:
    text = "SELECT ?iri ?code { ?iri a ?kind ; dcterms:identifier ?code }"
    for kind, count in (("Standard", 662), ("Edition", 673)):
        rows = solutions(kg.query(text.replace("?kind", f"gda:{kind}")))
        assert len(rows) >= count
        for row in rows:
            found = parse(row.code)
            assert (found.standard_iri if kind == "Standard" else found.edition_iri) == row.iri
            assert str(found) == row.code


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("ISO/IEC 30134-2:2016/AMD1:2018", None),
        ("ISO 14067-2018", "ed/iso/14067/2018"),
        ("L.1602", "std/itu-t/y.4902~l.1602"),
        ("L.Sup37", "std/itu-t/l-suppl.-37"),
        ("ISO/IEC/IEEE 18883-2016", "ed/iso-iec-ieee/18883/2016"),
    ],
)
def test_the_graph_is_asked_in_any_notation(
    kg: gdakg.KnowledgeGraph, text: str, iri: str | None
) -> None:
    if iri is None:
        with pytest.raises(gdakg.UnknownThingError):
            kg.find(text)
        assert kg.standard(text).code == str(parse(text).undated)
    else:
        assert kg.find(text) == f"https://w3id.org/gdakg/id/{iri}"


def test_urns() -> None:
    urns = {
        "ISO 14067:2018": "urn:iso:std:iso:14067",
        "ISO/IEC 30134-2:2016/Amd 1:2018": "urn:iso:std:iso-iec:30134:-2:amd:1",
        "ISO/TS 50044:2019": "urn:iso:std:iso:ts:50044",
        "IEC TR 63145-1-1": "urn:iso:std:iec:tr:63145:-1-1",
        "RFC 9547": "urn:ietf:rfc:9547",
        "BCP 14": "urn:ietf:bcp:14",
        "draft-ietf-green-use-cases-05": "urn:ietf:id:ietf-green-use-cases-05",
        "ITU-T L.1470": None,
        "ISO/DIS 14019-2": None,
        "ISO/IEC/IEEE 18883:2016": None,
        "EN ISO 14067:2018": None,
        "IEC 60034-11:2020 RLV": None,
        "IEC SRD 63417": None,
    }
    assert {text: parse(text).urn for text in urns} == urns


def test_the_order_counts_numbers_as_numbers() -> None:
    codes = [
        "IEC 9-2",
        "IEC 10-1",
        "IEC 10-2:1999",
        "IEC 10-2:2001",
        "IEC 10-10",
        "ISO 9:2001",
        "ISO 10:2001/Amd 2:2003",
        "ISO 10:2001/Amd 10:2004",
        "ITU-T L.1470",
    ]
    assert [str(one) for one in sorted(map(parse, reversed(codes)))] == codes


# Designations of every form, put together from their pieces.

number = st.integers(1, 99999).map(str)
year = st.integers(1950, 2026).map(str)
month = st.integers(1, 12).map("{:02}".format)
small = st.integers(1, 12).map(str)


def either(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


def joined(*pieces: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in pieces)).map("".join)


def maybe(*pieces: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.just("") | joined(*pieces)


part = maybe("-", small, maybe("-", small))
amendments = maybe(either("/Amd ", "/Cor ", "/AMD", "+AMD", "/DAM ", "/CD Amd "), small, ":", year)
FORMS = [
    joined(
        either("", "EN ", "BS EN ", "DIN EN ", "TCVN ", "KS X "),
        either("ISO ", "ISO/TS ", "ISO/DIS ", "ISO/IEC ", "ISO/IEC TR ", "IEC ", "IEC PAS "),
        *(number, part, maybe(":", year, amendments, either("", " RLV", "(E)"))),
    ),
    joined(either("IWA ", "CISPR ", "ISO Guide ", "ISO/IEC Guide ", "CEN/TS "), number, part),
    joined("ITU-T ", either(*"AEGLXY"), ".", number, maybe(".", small), maybe("/X.", number)),
    joined("ITU-T L.", number, " (", month, "/", year, ")"),
    joined("ITU-T L.", number, " (", year, ") Amd. ", small, " (", month, "/", year, ")"),
    joined("ITU-T Y Suppl. ", number, " (", month, "/", year, ")"),
    joined("ITU-R ", either("BT", "M", "SM"), ".", number, maybe("-", small)),
    joined(either("RFC ", "BCP ", "STD "), number),
    joined("draft-ietf-", either("green", "core"), "-", either("use", "a"), maybe("-", month)),
    joined("IEEE Std ", number, maybe(".", small), maybe("-", year, either("", " Redline"))),
    joined("IEEE P", number, maybe("/D-", small, maybe("-", year, maybe("-", month)))),
    joined(either("ISO/IEC/IEEE ", "IEC/IEEE "), number, ".", small, "-", year),
    joined("ETSI ", either("EN", "TS"), " 203 199", part, " V1.", small, ".1 (", year, "-01)"),
    joined("3GPP TS 23.501", part, ":REL-", small, "/", small, ".0.", small),
    joined("W3C ", either("REC", "WD"), "-css-", small, "-20140", either("225", "301")),
    joined("OASIS ", either("CAP", "ebXML-RS"), "-v1.", small, maybe("-CS0", small)),
    joined("ECMA-", number, maybe("-", small)),
    joined("CIE ", number, maybe(":", year)),
    joined(either("GB ", "GB/T "), number, maybe(".", small), maybe("-", year)),
    joined("JIS ", either("Q ", "C"), st.integers(1000, 99999).map(str), part, maybe(":", year)),
    joined(either("CNS ", "DIN ", "BS ", "EN "), number, part, maybe(":", year)),
]


@given(st.one_of(FORMS))
def test_what_is_printed_is_read_as_the_same(text: str) -> None:
    found = parse(text)
    assert parse(str(found)) == found
    assert parse(str(found)).key == found.key
    assert parse(str(found.undated)) == found.undated
    assert found.undated.undated == found.undated
    assert found.iri.startswith("https://w3id.org/gdakg/id/")


@given(st.lists(st.one_of(FORMS), min_size=2, max_size=6))
def test_the_order_is_total(texts: list[str]) -> None:
    found = [parse(text) for text in texts]
    for one, other in itertools.pairwise(found):
        assert (one < other) + (one == other) + (one > other) == 1
        assert (one <= other) == (not one > other)
    assert sorted(found) == sorted(found, reverse=True)[::-1]
    assert len(set(found)) == len({str(one) for one in found})


HEADS = ("ISO ", "ISO/IEC ", "IEC", "ITU-T ", "ITU-R ", "ETSI ", "IEEE ", "RFC", "draft-", "L.")
MORE = ("W3C ", "3GPP ", "OASIS ", "ECMA-", "CIE ", "GB/T ", "JIS ", "KS I ", "DIN EN ", "")
garbage = st.text(max_size=30) | st.text("0123456789-:/.()+ AaDdEmPRSTv", max_size=30)


@given(st.sampled_from(HEADS + MORE), st.one_of(FORMS) | st.just(""), garbage)
def test_no_error_is_not_ours(head: str, form: str, text: str) -> None:
    for tried in (head + text, form + text, text + form):
        try:
            found = parse(tried)
        except DesignationError as error:
            assert 0 <= error.stopped <= max(len(tried) * 20, 200)
        else:
            assert parse(str(found)) == found
            assert found.iri != found.key
            assert found.urn is None or found.urn.startswith("urn:")
            assert found not in (*found.others, found.adopted)


def test_a_query_does_not_load_the_parser() -> None:
    program = "import sys, gdakg.cli; print('gdakg.identifiers.parsing' in sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
