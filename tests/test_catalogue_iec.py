"""The traps of the catalogue of IEC, each on a short record made for the test."""

from pathlib import Path

import pytest

from cataloged import documents, extracted
from gdakg.records import Broken, Record


def test_a_broken_file_is_told_with_its_line_and_the_next_one_is_read(tmp_path: Path) -> None:
    reader = documents(
        tmp_path,
        a="""\
            docid:
            - id: 'IEC 99001:2020
              type: IEC
            """,
        b="docid: [{id: 'IEC 99002:2020', type: IEC}]",
    )
    broken, whole = reader
    assert isinstance(broken, Broken) and isinstance(whole, Record)
    assert (broken.file, broken.line) == ("data/a.yaml", 4)
    assert broken.reason.startswith("not YAML: ")
    assert (whole.designation, reader.read) == ("IEC 99002:2020", 2)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L&#39;&eacute;nergie &amp; l&apos;eau", "L'énergie & l'eau"),
        ("Solid (MnO<sub>2</sub>) <em>U</em><sub>m</sub>", "Solid (MnO2) Um"),
        ("Safety \n   of\r\n  spoons ", "Safety of spoons"),
        ("One<br/>two <p class='x'>three</p>", "One two three"),
        ("The <video> element, a < b", "The <video> element, a < b"),
        ("&amp;lt;b&amp;gt; &amp; &nosuch;", "& &nosuch;"),
        ("a\x00b\x1bc", "a b c"),
        ("half a \ud83d sign", "half a \N{REPLACEMENT CHARACTER} sign"),
    ],
)
def test_titles_are_plain_text_in_one_line(tmp_path: Path, written: str, read: str) -> None:
    assert extracted(tmp_path, "IEC 99001:2020", "IEC", title={"en": written}).titles == {
        "en": read
    }


def test_what_stands_before_spanish_titles_goes(tmp_path: Path) -> None:
    titles = {"en": "Spoons", "es": "VERSION OFICIAL EN ESPANOL - Cucharas.", "und": "Löffel"}
    record = extracted(tmp_path, "IEC 99001:2020", "IEC", title=titles)
    assert record.titles == {"en": "Spoons", "es": "Cucharas.", "": "Löffel"}


@pytest.mark.parametrize(
    ("designation", "is_variant"),
    [
        ("IEC 99001:2020+AMD1:2022 CSV", True),
        ("IEC 99001:2020 RLV", True),
        ("IEC 99001:2020 EXV-RLV", True),
        ("IEC 99001:2020 SER", True),
        ("IEC 99001:2020 CMV", True),
        ("IEC 99001:2020/AMD1:2022", False),
        ("IEC TS 99001:2020", False),
    ],
)
def test_variants_of_iec_are_no_standards(
    tmp_path: Path, designation: str, is_variant: bool
) -> None:
    assert extracted(tmp_path, designation, "IEC").is_variant is is_variant


def test_committees_of_iec_get_their_prefix(tmp_path: Path) -> None:
    committee = [{"name": "TC 111"}, {"name": "ISO/IEC JTC 1/SC 39"}]
    record = extracted(tmp_path, "IEC 99001:2020", "IEC", committee=committee)
    assert record.committees == ("IEC TC 111", "ISO/IEC JTC 1/SC 39")
