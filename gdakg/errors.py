"""What can go wrong, each a `GdakgError` that also is the built-in a caller would expect."""


class GdakgError(Exception):
    """Any failure that a user of gdakg can act on; the message is one line to print."""


class LoadError(GdakgError, ValueError):
    """A file could not be read as RDF; the message begins with `file:line:` where there is one."""


class QueryError(GdakgError, ValueError):
    """A query is not SPARQL, or is one that gdakg refuses; the message says where and why."""


class UnknownQuestionError(GdakgError, LookupError):
    """No named question of this name lies in `queries/`; the message lists the near ones."""


class ParameterError(GdakgError, ValueError):
    """A parameter is missing, unknown or ill-typed; the message says which and what it takes."""


class UnknownThingError(GdakgError, LookupError):
    """The graph knows nothing under this name; the message lists the near ones."""


class AnswerError(GdakgError, TypeError):
    """The answer cannot be given in the form asked for: a table of a graph, Turtle of a table."""


class EndpointError(GdakgError, OSError):
    """A remote SPARQL endpoint did not answer, or not with SPARQL results."""


class PageError(GdakgError, ValueError):
    """A page cannot be drawn as asked: too many nodes, nothing to draw, or no such folder."""


class CatalogueError(GdakgError, ValueError):
    """A path is no catalogue that can be read; the message says what it is and what is read."""


class StoreError(GdakgError, OSError):
    """A store cannot be opened or written: not ours, in use, damaged, or the disk is full."""


class DesignationError(GdakgError, ValueError):
    """A text is no designation that we read; the message says where reading stopped."""

    def __init__(self, text: str, stopped: int, reason: str) -> None:
        """Take the text, the place of the first character that could not be read, and why."""
        super().__init__(reason)
        self.text = text
        self.stopped = stopped


class SheetError(GdakgError, ValueError):
    """A list cannot be read or written as a spreadsheet; the message names file and line."""
