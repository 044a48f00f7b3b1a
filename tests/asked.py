"""How the named questions are asked of the bundled graph, in tests and benchmarks."""

from typing import Final

#: parameters with which each question that needs some, or is long, is asked of our graph
ASKED: Final[dict[str, dict[str, object]]] = {
    "adoptions": {"country": "CN"},
    "changes": {"earlier": "0.1.0"},
    "claims": {"body": "ISO"},
    "committees_by_area": {"area": "e-waste"},
    "committees_of_standard": {"thing": "L.1470"},
    "connections": {"from": "e-waste", "to": "L.1023"},
    "editions": {"thing": "L.1480"},
    "gap_candidates": {"gap": "GAP-EF"},
    "identify": {"code": "iso14067：2018"},
    "pillar_profile": {"pillar": 4},
    "references": {"standard": "RFC 7326"},
    "required_standards": {"from": "RFC 8428"},
    "standards_by_area": {"area": "circular-economy"},
    "standards_by_body": {"publisher": "ETSI"},
    "standards_by_committee": {"committee": "ISO/TC 207"},
    "standards_by_keyword": {"word": "heat"},
    "standards_by_pillar": {"pillar": 4},
    "standards_for_task": {"task": "data-centre-energy"},
    "statements": {"thing": "L.1470"},
    "untranslated": {"only": "missing", "in": "zh-Hant"},
}
