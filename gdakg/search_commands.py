"""The command that searches."""

from typing import Any

import click

from gdakg.commands import LANG, Spoken, emit, form_option, graph_options, killable, opened, width


@click.command("search", cls=Spoken)
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="At most so many hits.",
)
@click.option(
    "--kind", metavar="KIND", help="Only of this kind: standard, gap, area ...; edition, by code."
)
@click.option("--body", metavar="BODY", help="Only what this body publishes, as in ISO.")
@click.option("--status", metavar="STAGE", help="Only of this stage, as in published.")
@click.option("--pillar", metavar="PILLAR", help="Only what serves this pillar, 1 to 7.")
@click.option(
    "--since", type=click.IntRange(1800, 2999), metavar="YEAR", help="Only of this year or later."
)
@form_option("table", "csv", "json", shown="Form of the hits.")
@LANG
@graph_options
def search_command(
    text: tuple[str, ...],
    limit: int,
    kind: str | None,
    body: str | None,
    status: str | None,
    pillar: str | None,
    since: int | None,
    form: str,
    lang: str,
    **chosen: Any,
) -> None:
    """Find standards, areas, gaps, bodies and more by words or codes, best first.

    Looks through codes in any spelling, titles in all languages, other names, keywords.

    \b
    gdakg search data centre energy
    gdakg search 資料中心 --lang zh-Hant
    gdakg search carbon footprint --body ISO --since 2018
    """
    from gdakg import search_forms
    from gdakg.namespaces import BASE
    from gdakg.naming import names
    from gdakg.searching import Filters

    sought = " ".join(text)
    narrowed = Filters(kind=kind, body=body, status=status, pillar=pillar, since=since)
    with killable():
        kg = opened(**chosen)
        hits = kg.search(sought, limit=limit + 1, **narrowed)
        stages = names(kg.engine, {f"{BASE}stage/{hit.stage}" for hit in hits if hit.stage})
        near = [] if hits else kg.index.near(sought, lang)
    shown = hits[:limit]
    labels = {iri.rsplit("/", 1)[-1]: name for iri, name in stages.items()}
    rendered = search_forms.written(shown, form, lang, width(), labels)
    if hits:
        remark = search_forms.told(len(shown), lang, is_all=len(hits) <= limit)
    else:
        remark = search_forms.not_told(kg.index.entries, near, lang)
    if form == "table":
        emit("\n".join(filter(None, (rendered, remark))))
        return
    emit(rendered)
    click.echo("\n".join(filter(None, (remark, search_forms.unofficial(lang)))), err=True)
