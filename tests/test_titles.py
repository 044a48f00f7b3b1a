"""The Chinese titles of the standards keep to the glossary and to one script and wording each.

The checks are plain functions over one title, so that a list of titles can be checked
before it becomes Turtle; each returns what is wrong, in words.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from reading import ROOT, rows

GLOSSARY = ROOT / "data" / "glossary.csv"
COLUMNS = ["en", "zh-Hans", "zh-Hant", "source", "note"]
STANDARDS = 662

#: characters that both old character sets have, though one script writes another one
ONLY_SIMPLIFIED = set("云于余几准划后筑范荐采")
ONLY_TRADITIONAL = set("後徵於")
#: where the rare characters begin in GB 2312 and in Big5
RARE_IN_GB, RARE_IN_BIG5 = 0xD8A1, 0xC940

#: said on the mainland only -> longer words with it that Taiwan uses as well
MAINLAND: dict[str, tuple[str, ...]] = {
    word: tuple(excepted.split())
    for word, _, excepted in (
        line.partition(":")
        for line in """
數據:大數據 行動數據|信息|網絡|軟件|硬件|固件|智能|服務器|數字|接口|界面|移動網|移動電話|移動通
移動終端|移動寬|移動設備|寬帶|基站|雲計算|邊緣計算|計算機|可持續|氣候變化|質量:物質量化|項目|光伏|分布式|分佈式|賬本|存儲
芯片|傳感|打印|增材|默認|視頻|音頻|互聯網|異構|垃圾|通信|可再生能源|不間斷|屏幕|文檔|兼容|實時
核查|應急|滑坡|電動汽車|廢物|適配器|變暖|全局|部件|運營|模塊|帶寬|信號|頻分|調製|現實|接入|用例|密鑰
可穿戴|筆記本|制造|周期|關系|特征|標志|采購|體系
""".replace("\n", "|")
        .strip("|")
        .split("|")
    )
}
#: said in Taiwan only -> longer words with it that the mainland uses as well
TAIWAN: dict[str, tuple[str, ...]] = {
    word: tuple(excepted.split())
    for word, _, excepted in (
        line.partition(":")
        for line in """
资讯|网路|软体|硬体|韧体|资料|数位|伺服器|永续|气候变迁|行动网|行动电话|行动通|行动终端|行动装置|智慧型
人工智慧|智慧电网|智慧制造|云端|边缘运算|介面|协定:巴黎协定|通讯|宽频|基地台|品质|专案|太阳光电|再生能源:可再生能源
分散式|帐本|感测|实境|列印|积层制造|视讯|音讯|讯号|资通|异质|需量反应|程式|使用者|调适|查证|确证|缆线
不断电|零组件|营运|盘查|指导纲要|概观|要求事项|互运|网宇|金钥|演算法|萤幕|晶片|资安|量测|电动车:电动车辆
穿戴式|接取|多工|去碳|物件|综览|稽核|标章
""".replace("\n", "|")
        .strip("|")
        .split("|")
    )
}

#: a half-width mark or a space where a full-width mark or nothing belongs
WRONG_MARK = re.compile(
    r"[一-鿿][ ,;:()-]|[ ,;:()-][一-鿿]|[；：，、（）—－] | [；：，、（）—－]|[\"']"
)


class Term(NamedTuple):
    """One row of the glossary."""

    en: str
    hans: tuple[str, ...]
    hant: tuple[str, ...]


class Title(NamedTuple):
    """What one standard is called in three languages; a missing title is empty."""

    name: str
    en: str
    hans: str
    hant: str


def glossary_rows() -> list[dict[str, str]]:
    """Return the rows of the glossary."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def glossary() -> tuple[Term, ...]:
    """Return the terms of the glossary, longest first."""
    terms = [
        Term(row["en"], tuple(row["zh-Hans"].split("|")), tuple(row["zh-Hant"].split("|")))
        for row in glossary_rows()
    ]
    return tuple(sorted(terms, key=lambda term: (-len(term.en), term.en)))


@cache
def pattern(en: str) -> re.Pattern[str]:
    """Return what finds the term `en`: whole words, any of them plural, hyphen or space between.

    A single word with a capital (ICT, Part, Recommendation) is found only as it is written.
    """
    words = [
        re.escape(word[:-1]) + "(?:y|ies)"
        if re.search("[^aeiou]y$", word)
        else re.escape(word) + "(?:s|es)?"
        for word in re.split("[ -]", en)
    ]
    exact = len(words) == 1 and en != en.lower()
    return re.compile(rf"(?<!\w){'[ -]+'.join(words)}(?!\w)", 0 if exact else re.IGNORECASE)


def terms_in(en: str) -> Iterator[Term]:
    """Yield the terms of the glossary in the title `en`; the longest takes its place alone."""
    for term in glossary():
        found = pattern(term.en).search(en)
        if found:
            yield term
            en = pattern(term.en).sub("\0", en)


def wrong_terms(title: Title) -> list[str]:
    """Return a line for each term that the Chinese titles render in no agreed way."""
    return [
        f"{title.name}: {term.en!r} wants {tag} {' or '.join(wanted)}, found {chinese!r}"
        for term in terms_in(title.en)
        for tag, wanted, chinese in (
            ("zh-Hans", term.hans, title.hans),
            ("zh-Hant", term.hant, title.hant),
        )
        if not any(word in chinese for word in wanted)
    ]


def place(character: str, charset: str) -> int:
    """Return the number of the character in the old character set, 0 if it is not in it."""
    try:
        return int.from_bytes(character.encode(charset), "big")
    except UnicodeEncodeError:
        return 0


def is_chinese(character: str) -> bool:
    """Return whether the character is a Chinese one, not a mark."""
    return "一" <= character <= "鿿"


def simplified_only(text: str) -> list[str]:
    """Return the characters that are simplified, not Traditional.

    GB 2312 has the simplified forms and Big5 the Traditional ones.  Of the characters in both,
    one common in GB 2312 and rare in Big5 is a simplified form (机, 构); the table has the rest.
    """
    return [
        c
        for c in text
        if c in ONLY_SIMPLIFIED
        or (is_chinese(c) and place(c, "gb2312") and not place(c, "big5"))
        or (0 < place(c, "gb2312") < RARE_IN_GB and place(c, "big5") >= RARE_IN_BIG5)
    ]


def traditional_only(text: str) -> list[str]:
    """Return the characters that are Traditional, not simplified."""
    return [
        c
        for c in text
        if c in ONLY_TRADITIONAL or (is_chinese(c) and place(c, "big5") and not place(c, "gb2312"))
    ]


def foreign(text: str, words: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the words of the other side in `text`, those inside an excepted word left out."""
    return [
        word
        for word, excepted in words.items()
        if word in re.sub("|".join(map(re.escape, excepted)) or "(?!)", "", text)
    ]


def wrong_wording(title: Title) -> list[str]:
    """Return a line for each character or word of the other script or the other side."""
    found = (
        ("zh-Hans", "traditional character", traditional_only(title.hans)),
        ("zh-Hans", "word of Taiwan", foreign(title.hans, TAIWAN)),
        ("zh-Hant", "simplified character", simplified_only(title.hant)),
        ("zh-Hant", "word of the mainland", foreign(title.hant, MAINLAND)),
    )
    return [
        f"{title.name}: {tag} has a {what} {word}" for tag, what, all_ in found for word in all_
    ]


def wrong_shape(title: Title) -> list[str]:
    """Return a line for each lost number, half-width mark or space beside a Chinese character."""
    wrong = []
    for tag, chinese in (("zh-Hans", title.hans), ("zh-Hant", title.hant)):
        wanted, found = (Counter(re.findall(r"\d+", text)) for text in (title.en, chinese))
        if wanted != found:
            numbers = sorted((wanted - found).elements()), sorted((found - wanted).elements())
            wrong.append(f"{title.name}: {tag} lacks numbers {numbers[0]}, adds {numbers[1]}")
        if not re.search("[一-鿿]", chinese):
            wrong.append(f"{title.name}: {tag} is not Chinese: {chinese!r}")
        marks = WRONG_MARK.findall(chinese)
        wrong += [f"{title.name}: {tag} has {mark!r} in {chinese!r}" for mark in marks]
    return wrong


def problems(title: Title) -> list[str]:
    """Return everything that is wrong with the Chinese titles of one standard."""
    return [*wrong_terms(title), *wrong_wording(title), *wrong_shape(title)]


def labels(graph: str, language: str) -> dict[str, str]:
    """Return the preferred label of each standard, by its code, as the graph has it."""
    found = rows(
        "SELECT ?code (STR(?o) AS ?label) { ?s a gda:Standard ; dcterms:identifier ?code ."
        f" GRAPH graph:{graph} {{ ?s skos:prefLabel ?o }}"
        f" FILTER(LANGMATCHES(LANG(?o), '{language}')) }}"
    )
    return {row[0]: row[1] for row in found}


@cache
def titles() -> list[Title]:
    """Return the titles of all standards, the Chinese ones as data/titles-zh.ttl has them."""
    hans, hant = labels("titles-zh", "zh-Hans"), labels("titles-zh", "zh-Hant")
    return [
        Title(code, en, hans.get(code, ""), hant.get(code, ""))
        for code, en in sorted(labels("standards", "en").items())
    ]


RIGHT = Title(
    "X 1",
    "Big data - Part 1: Energy efficiency of data centres (ICT)",
    "大数据——第1部分：数据中心能效（ICT）",
    "大數據－第1部：資料中心能源效率（ICT）",
)


def test_a_right_title_has_no_problems() -> None:
    assert problems(RIGHT) == []
    asked = ["energy efficiency", "data centre", "big data", "Part", "ICT"]
    assert [term.en for term in terms_in(RIGHT.en)] == asked, "nor energy, nor data"


@pytest.mark.parametrize(
    ("tag", "old", "new", "said"),
    [
        (
            "hans",
            "能效",
            "效益",
            "'energy efficiency' wants zh-Hans 能效 or 能源效率, found '大数据——",
        ),
        ("hant", "資料中心", "機房", "'data centre' wants zh-Hant 資料中心, found '大數據－"),
        ("hant", "資料中心", "資料中心數據", "zh-Hant has a word of the mainland 數據"),
        ("hans", "数据中心", "数据中心资料", "zh-Hans has a word of Taiwan 资料"),
        ("hant", "資料中心", "資料中心机", "zh-Hant has a simplified character 机"),
        ("hans", "数据中心", "数据中心與", "zh-Hans has a traditional character 與"),
        ("hans", "第1", "第2", "zh-Hans lacks numbers ['1'], adds ['2']"),
        ("hant", "部：", "部:", "zh-Hant has '部:' in"),
        ("hans", "（ICT）", " ICT", "zh-Hans has '效 ' in"),
    ],
)
def test_each_fault_is_named(tag: str, old: str, new: str, said: str) -> None:
    spoilt = RIGHT._replace(**{tag: getattr(RIGHT, tag).replace(old, new)})
    assert any(line.startswith("X 1: ") and said in line for line in problems(spoilt))


@pytest.mark.parametrize(
    ("en", "term"),
    [
        ("Smart sustainable cities", "smart sustainable city"),
        ("Case studies", "case study"),
        ("Energy-saving design", "energy saving"),
        ("Network Functions Virtualisation (NFV)", "network function virtualisation"),
        ("e- waste", "e-waste"),
    ],
)
def test_plurals_and_hyphens_are_found(en: str, term: str) -> None:
    assert next(terms_in(en)).en == term


def test_words_inside_words_and_other_capitals_are_not_found() -> None:
    assert [term.en for term in terms_in("it subnetworks, part of ict")] == []


def test_the_glossary_is_sorted_whole_and_names_its_sources() -> None:
    found = glossary_rows()
    names = [row["en"] for row in found]
    assert list(found[0]) == COLUMNS
    assert names == sorted(names, key=str.casefold)
    assert [name for name, times in Counter(map(str.casefold, names)).items() if times > 1] == []
    assert [row for row in found if not (row["en"] and row["zh-Hans"] and row["zh-Hant"])] == []
    known = {code for (code,) in rows("SELECT ?c { ?s a gda:Source ; dcterms:identifier ?c }")}
    assert {row["source"] for row in found} - known == {"ours"}


def test_the_glossary_keeps_each_script_and_wording_apart() -> None:
    wrong = [
        line
        for row in glossary_rows()
        for line in wrong_wording(Title(row["en"], "", row["zh-Hans"], row["zh-Hant"]))
    ]
    assert wrong == []


def test_every_term_of_the_glossary_is_asked_for_somewhere() -> None:
    used = {term.en for title in titles() for term in terms_in(title.en)}
    assert {term.en for term in glossary()} - used == set()


def test_every_standard_has_one_title_in_each_chinese() -> None:
    found = rows(
        "SELECT ?s (COUNT(DISTINCT ?a) AS ?hans) (COUNT(DISTINCT ?b) AS ?hant) { ?s a gda:Standard"
        " OPTIONAL { ?s skos:prefLabel ?a FILTER(LANGMATCHES(LANG(?a), 'zh-Hans')) }"
        " OPTIONAL { ?s skos:prefLabel ?b FILTER(LANGMATCHES(LANG(?b), 'zh-Hant')) } } GROUP BY ?s"
    )
    assert len(found) == STANDARDS
    one = "1^^integer"
    assert [standard for standard, *counts in found if counts != [one, one]] == []
    here = rows("SELECT ?s ?o { GRAPH graph:titles-zh { ?s skos:prefLabel ?o } }")
    assert len(here) == 2 * STANDARDS, "titles stand in data/titles-zh.ttl"
    kind = rows("SELECT ?k { GRAPH graph:titles-zh { graph:titles-zh gda:statementKind ?k } }")
    assert [k.rpartition("/")[2] for (k,) in kind] == ["judged"]


@pytest.mark.parametrize("check", [wrong_terms, wrong_wording, wrong_shape])
def test_every_chinese_title_keeps_to_the_rules(check: Callable[[Title], list[str]]) -> None:
    assert len(titles()) == STANDARDS
    wrong = [line for title in titles() for line in check(title)]
    assert not wrong, "\n".join(wrong)
