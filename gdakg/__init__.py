"""The standards landscape of the ITU's Green Digital Action, as a graph to ask.

>>> import gdakg
>>> kg = gdakg.load()
>>> rows = kg.query("standards_by_pillar", pillar=4, publisher="ITU-T")
>>> print(rows[0].standard, "|", rows[0].title, "|", rows[0].status)
ITU-T L Suppl. 20 | Green public ICT procurement | published
>>> kg.standard("l1470").editions[-1].code
'ITU-T L.1470 (01/2020)'
"""

from gdakg import pages
from gdakg.answers import Solutions, Triples
from gdakg.errors import (
    AnswerError,
    CatalogueError,
    DesignationError,
    EndpointError,
    GdakgError,
    LoadError,
    PageError,
    ParameterError,
    QueryError,
    SheetError,
    StoreError,
    UnknownQuestionError,
    UnknownThingError,
)
from gdakg.knowledge import KnowledgeGraph, connect, load, open_store
from gdakg.network import network

__all__ = [
    "AnswerError",
    "CatalogueError",
    "DesignationError",
    "EndpointError",
    "GdakgError",
    "KnowledgeGraph",
    "LoadError",
    "PageError",
    "ParameterError",
    "QueryError",
    "SheetError",
    "Solutions",
    "StoreError",
    "Triples",
    "UnknownQuestionError",
    "UnknownThingError",
    "connect",
    "load",
    "network",
    "open_store",
    "pages",
]
