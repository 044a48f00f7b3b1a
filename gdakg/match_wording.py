"""The words of a matched list, in three languages."""

from collections.abc import Mapping
from typing import Final

#: headings of the columns that are added, in the order of `Match` from `code` to `note`
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        *("code", "title", "body", "edition asked for", "current edition", "current since"),
        *("status", "replaced by", "aligned with", "pillars (our judgement)"),
        *("areas (our judgement)", "gaps (our inference)", "note"),
    ),
    "zh-Hans": (
        *("编号", "标题（译）", "机构", "所询版次", "现行版次", "现行版次日期", "状态", "代替者"),
        *("对齐文本", "支柱（我们的判断）", "领域（我们的判断）", "缺口（我们的推断）", "备注"),
    ),
    "zh-Hant": (
        *("編號", "標題（譯）", "機構", "所詢版次", "現行版次", "現行版次日期", "狀態", "取代者"),
        *("對齊文本", "支柱（我們的判斷）", "領域（我們的判斷）", "缺口（我們的推論）", "備註"),
    ),
}

#: what stands in notes and in the column of the status
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "unknown_status": "not known",
        "unknown_edition_status": "edition not known",
        "rest": "read as {!r}, the rest was left",
        "adoption": "adoption of {}; the year is that of the adoption",
        "which": "which publisher?",
        "none": "no designation that we read",
        "unknown": "not known",
        "near": "near: {}",
        "older": "older edition: current is {}",
        "last": "its last edition is {}",
        "no_successor": "a successor is not recorded here",
        "differ": "catalogues differ: {}",
        "edition_older": "this edition is not recorded here; current is {}, which is later",
        "edition_newer": "this edition is not recorded here; {}, the newest known, is earlier",
        "edition_other": "this edition is not recorded here; current is {}",
    },
    "zh-Hans": {
        "unknown_status": "未收录",
        "unknown_edition_status": "版次未收录",
        "rest": "按“{}”识读，其余未读",
        "adoption": "采用{}；年份为采用年份",
        "which": "哪家机构的编号？",
        "none": "不是我们能识读的标准编号",
        "unknown": "未收录",
        "near": "相近：{}",
        "older": "旧版次：现行版次为{}",
        "last": "其最后版次为{}",
        "no_successor": "未记录代替它的标准",
        "differ": "各目录说法不一：{}",
        "edition_older": "未收录该版次；现行版次{}比它新",
        "edition_newer": "未收录该版次；已知最新的{}比它早",
        "edition_other": "未收录该版次；现行版次为{}",
    },
    "zh-Hant": {
        "unknown_status": "未收錄",
        "unknown_edition_status": "版次未收錄",
        "rest": "按「{}」判讀，其餘未讀",
        "adoption": "採用{}；年份為採用年份",
        "which": "哪個機構的編號？",
        "none": "不是我們能判讀的標準編號",
        "unknown": "未收錄",
        "near": "相近：{}",
        "older": "舊版次：現行版次為{}",
        "last": "其最後版次為{}",
        "no_successor": "未記錄取代它的標準",
        "differ": "各目錄說法不一：{}",
        "edition_older": "未收錄該版次；現行版次{}較新",
        "edition_newer": "未收錄該版次；已知最新的{}較早",
        "edition_other": "未收錄該版次；現行版次為{}",
    },
}

#: states in the order in which a summary counts them, and its words
SUMMARY: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "rows": "{:,} rows",
        "matched": "{:,} matched",
        "current": "{:,} current",
        "superseded": "{:,} superseded",
        "withdrawn": "{:,} withdrawn",
        "draft": "{:,} not yet published",
        "unclear": "{:,} of unclear status",
        "unknown-edition": "{:,} in an edition not recorded here",
        "unknown": "{:,} not known ({:,} with near matches)",
        "empty": "{:,} without a code",
    },
    "zh-Hans": {
        "rows": "共{:,}行",
        "matched": "匹配{:,}行",
        "current": "现行{:,}",
        "superseded": "已被代替{:,}",
        "withdrawn": "已废止{:,}",
        "draft": "尚未发布{:,}",
        "unclear": "状态不明{:,}",
        "unknown-edition": "版次未收录{:,}",
        "unknown": "未收录{:,}（其中{:,}有相近编号）",
        "empty": "无编号{:,}",
    },
    "zh-Hant": {
        "rows": "共{:,}列",
        "matched": "相符{:,}列",
        "current": "現行{:,}",
        "superseded": "已被取代{:,}",
        "withdrawn": "已廢止{:,}",
        "draft": "尚未發布{:,}",
        "unclear": "狀態不明{:,}",
        "unknown-edition": "版次未收錄{:,}",
        "unknown": "未收錄{:,}（其中{:,}有相近編號）",
        "empty": "無編號{:,}",
    },
}


def summary(counts: Mapping[str, int], near: int, language: str) -> str:
    """Return the line that counts the rows by state; `near` is of unknown ones with near matches.

    >>> summary({"current": 2, "unknown": 1}, 1, "en")
    '3 rows: 2 matched, 2 current, 1 not known (1 with near matches)'
    """
    words = SUMMARY[language]
    total = sum(counts.values())
    matched = total - counts.get("unknown", 0) - counts.get("empty", 0)
    states = [state for state in list(words)[2:] if counts.get(state)]
    parts = [words["matched"].format(matched)]
    parts += [words[state].format(counts[state], near) for state in states]
    colon, comma = ("：", "，") if language.startswith("zh") else (": ", ", ")
    rows = words["rows"].format(total)
    return (rows.replace("1 rows", "1 row") if total == 1 else rows) + colon + comma.join(parts)
