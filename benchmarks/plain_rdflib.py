"""What one would write without gdakg: parse the files with rdflib, ask the question."""

import re
import sys

from rdflib import Graph

from gdakg.paths import folder, turtle_files

graph = Graph()
for path in turtle_files():
    graph.parse(path, format="turtle")
text = (folder("queries") / "standards_by_pillar.rq").read_text(encoding="utf-8")
# Bound in the text: rdflib's initBindings do not reach into all parts of a query.
bindings = 'VALUES (?pillar ?lang) { (<https://w3id.org/gdakg/id/pillar/4> "en") }'
text = re.sub(r"WHERE \{", lambda match: f"{match[0]} {bindings}", text, count=1)
sys.stdout.buffer.write(graph.query(text).serialize(format="csv"))
