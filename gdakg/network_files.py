"""The network in the formats of programs that draw and analyse networks."""

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gdakg.network import network

if TYPE_CHECKING:
    import networkx

    from gdakg.knowledge import KnowledgeGraph


def plain(kg: "KnowledgeGraph") -> "networkx.MultiDiGraph":
    """Return the network of `kg` with texts and truth values as its only attributes.

    Nodes have `label`, `kind`, `code`, `status` and `label_TAG` by language; links `label`,
    `predicate` and `judged` (on our word alone), and keys that are unique in the file.
    """
    import networkx

    drawn = network(kg)
    made = networkx.MultiDiGraph()
    for iri, data in drawn.nodes(data=True):
        labels: Mapping[str, str] = data["labels"]
        code = data["code"] or ""
        status = data["status"][1] if data["status"] else {}
        made.add_node(
            iri,
            label=" ".join(filter(None, (code, _english(labels)))) or iri,
            kind=data["kind"],
            code=code,
            status=_english(status),
            **{f"label_{tag or 'und'}": labels[tag] for tag in sorted(labels)},
        )
    for number, (start, end, data) in enumerate(drawn.edges(data=True)):
        told: dict[str, Any] = {"label": _english(data["labels"]), "predicate": data["predicate"]}
        made.add_edge(start, end, key=f"e{number}", judged=bool(data["judged"]), **told)
    return made


def _english(labels: Mapping[str, str]) -> str:
    """Return the English label, else any, else ""."""
    return labels.get("en") or next(iter(labels.values()), "")


def graphml(kg: "KnowledgeGraph") -> bytes:
    """Return the network of `kg` as GraphML."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(plain(kg), out)
    return out.getvalue()


def gexf(kg: "KnowledgeGraph", date: str) -> bytes:
    """Return the network of `kg`, last modified on `date`, as GEXF 1.2."""
    import networkx

    out = io.BytesIO()
    networkx.write_gexf(plain(kg), out)
    # networkx writes today, and its own version, into a file that is otherwise of our data only.
    stamped = re.sub(
        rb'<meta lastmodifieddate="[^"]*">', f'<meta lastmodifieddate="{date}">'.encode(),
        out.getvalue(), count=1,
    )  # fmt: skip
    return re.sub(rb"<creator>[^<]*</creator>", b"<creator>gdakg</creator>", stamped, count=1)
