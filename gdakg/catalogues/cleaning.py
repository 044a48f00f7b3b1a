"""Text, dates and addresses of catalogues, as clean as the graph wants them."""

import html
import re
from datetime import date as calendar_date
from functools import cache
from typing import Final

#: what asks for a closer look; most text has none of it
_SUSPECT: Final = r"[&<\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|  "
_ENTITY: Final = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
#: only marks of HTML: a title may speak of the <video> element
_INLINE: Final = r"</?(?:sub|sup|em|i|b|u|strong|small|span|font|a|tt|code)(?:\s[^<>]*)?/?>"
_BLOCK: Final = r"</?(?:p|br|div|li|ul|ol|h[1-6]|td|tr|table)(?:\s[^<>]*)?/?>|<!--.*?-->"
_BLANKS: Final = r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+"
_SURROGATE: Final = r"[\ud800-\udfff]"

_DATE: Final = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])"
_ADDRESS: Final = r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#].*)?"
#: what an address may not hold as it is; a percent sign that begins no escape is one of them
_UNSAFE: Final = r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)


def text(raw: object) -> str:
    """Return `raw` as one line of plain text: no entities, no tags, no control characters.

    Entities are undone twice, since catalogues escape what was escaped.  What is no text
    gives "".

    >>> text("Energy &amp;amp; CO<sub>2</sub>\\n of  data centres")
    'Energy & CO2 of data centres'
    """
    if not isinstance(raw, str):
        return ""
    if not _compiled(_SUSPECT).search(raw):
        return raw.strip()
    for _ in range(2):
        raw = _compiled(_ENTITY).sub(lambda found: html.unescape(found[0]), raw)
    raw = _compiled(_BLOCK).sub(" ", _compiled(_INLINE).sub("", raw))
    raw = _compiled(_SURROGATE).sub("\N{REPLACEMENT CHARACTER}", raw)
    return _compiled(_BLANKS).sub(" ", raw).strip()


def date(raw: object) -> str:
    """Return `raw` as YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is a day of the calendar.

    What stands behind the day, such as a time, is left out; "" where not even the year is one.

    >>> date("2020-01-31T00:00:00Z"), date("2020-13"), date("2019"), date("May 2019")
    ('2020-01-31', '2020', '2019', '')
    """
    if not isinstance(raw, str) or not raw.isascii():
        return ""
    found = _compiled(_DATE).match(raw.strip())
    if found is None or found[1] == "0000":
        return ""
    year, month, day = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return str(year)
    try:
        calendar_date(int(year), int(month), int(day or 1))
    except ValueError:
        return f"{year}-{month}"
    return "-".join(part for part in (year, month, day) if part)


def year(designation: str) -> str:
    """Return the last year that `designation` names, "" where it names none.

    >>> year("ISO 14067:2018/Amd 1:2024"), year("IEEE Std 1680.2-2012"), year("RFC 2019")
    ('2024', '2012', '')
    """
    found = _compiled(r"(?:[:/(-]|, [a-z]+ )((?:18|19|20)\d\d)(?!\d)").findall(designation)
    return found[-1] if found else ""


def address(raw: object) -> str:
    """Return `raw` as an http(s) address that an IRI may be made of, "" where it is none.

    >>> address("https://example.org/a b{1}"), address("javascript:alert(1)")
    ('https://example.org/a%20b%7B1%7D', '')
    """
    found = raw.strip() if isinstance(raw, str) else ""
    if not _compiled(_ADDRESS).fullmatch(found) or _compiled(_SURROGATE).search(found):
        return ""
    head, hash_mark, fragment = found.partition("#")
    return _escaped(head) + hash_mark + _escaped(fragment.replace("#", "%23"))


def _escaped(part: str) -> str:
    def percent(found: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in found[0].encode())

    return _compiled(_UNSAFE).sub(percent, part)
