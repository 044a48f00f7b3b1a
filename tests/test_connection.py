"""How two things hang together, as a caller and a reader see it."""

from itertools import pairwise

import pytest
from wcwidth import wcswidth

import gdakg
from gdakg.connection import connection
from running import run


def test_a_way_is_of_statements_that_are_there(kg: gdakg.KnowledgeGraph) -> None:
    links = connection(kg, "RFC 9547", "WSC")
    assert links[0].start.code == "RFC 9547"
    assert links[-1].end.code == "WSC"
    for link, following in pairwise(links):
        assert link.end == following.start
    assert all(link.labels["en"] and link.labels["zh-Hant"] for link in links)


def test_a_direct_link_is_the_whole_way(kg: gdakg.KnowledgeGraph) -> None:
    (link,) = connection(kg, "L.1470", "L.1450")
    assert (link.labels["en"], link.is_forward, link.is_judged) == ("derived using", True, False)
    (back,) = connection(kg, "L.1450", "L.1470")
    assert (back.labels["en"], back.is_forward) == ("derived using", False)


def test_our_judgement_is_told(kg: gdakg.KnowledgeGraph) -> None:
    (link,) = connection(kg, "L.1470", "pillar/2")
    assert link.is_judged == (
        not kg.query("ASK { <pillar/2> dcterms:relation <std/itu-t/l.1470> }")
    )
    (tier,) = connection(kg, "IEC 63372", "Climate change")
    assert (tier.labels["en"], tier.is_judged) == ("in cooperation area", True)


def test_hubs_are_no_way(kg: gdakg.KnowledgeGraph) -> None:
    """Both are published by ETSI and the IETF, of which everything else is as well."""
    links = connection(kg, "ETSI TS 102 900", "RFC 7852")
    between = [link.end.code for link in links[:-1]]
    assert between
    assert not {"ETSI", "IETF", "ITU-T", "ISO", "IEC"} & set(between)


def test_no_way_is_told(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.UnknownThingError, match="no way of at most 6 links from 'GAP-EF'"):
        connection(kg, "GAP-EF", "COP29")
    with pytest.raises(gdakg.UnknownThingError, match="the graph knows no thing"):
        connection(kg, "L.1470", "L.99999")


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_why_on_the_command_line(lang: str) -> None:
    done = run("why", "e-waste", "L.1480", "--lang", lang)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert max(map(wcswidth, lines)) <= 80
    assert any("ITU-T L.1480" in line for line in lines)
    mark = {"en": "our judgement", "zh-Hans": "我们的判断", "zh-Hant": "我們的判斷"}[lang]
    assert mark in " ".join(done.stdout.split())


def test_a_thing_and_itself() -> None:
    assert run("why", "L.1470", "l1470").stdout == "one and the same thing\n"


def test_wrong_names_are_one_line() -> None:
    done = run("why", "L.1470", "xyzzyx")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
