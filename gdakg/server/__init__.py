"""A SPARQL endpoint and linked data over HTTP; needs `pip install 'gdakg[server]'`.

`application` is an ASGI application, set up by the environment (GDAKG_STORE, GDAKG_DATA,
GDAKG_SECONDS ...); `gdakg serve` is the same with options.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Return the application when it is asked for: workers import this package without it."""
    if name == "application":
        from gdakg.server.app import application

        return application
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
