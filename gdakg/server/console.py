"""The page of the query console: made once for each language, given out from memory."""

import asyncio
import functools
import gzip
from hashlib import blake2b

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from gdakg.pages.console import console
from gdakg.pages.wording import LANGUAGES
from gdakg.server import served
from gdakg.server.desk import Answer, header
from gdakg.server.languages import preferred
from gdakg.server.negotiation import is_gzip_wanted


def routes() -> list[BaseRoute]:
    """Return the route of the console."""
    return [Route("/console", _console, methods=["GET"])]


async def _console(request: Request) -> Answer:
    wanted = request.query_params.get("lang")
    if wanted not in LANGUAGES:
        wanted = preferred(header(request.scope, b"accept-language"))
    is_gzip = is_gzip_wanted(header(request.scope, b"accept-encoding"))
    return await asyncio.to_thread(_answer, wanted, is_gzip)


@functools.cache
def _answer(language: str, is_gzip: bool) -> Answer:
    """Return the page in `language`, compressed or not."""
    reply = served.reply(console(language, links=served.links("console")))
    if is_gzip:
        body = gzip.compress(reply.body, mtime=0)
        reply = reply._replace(body=body, headers=reply.headers | {"Content-Encoding": "gzip"})
    return Answer(reply, f'"{blake2b(reply.body, digest_size=12).hexdigest()}"')
