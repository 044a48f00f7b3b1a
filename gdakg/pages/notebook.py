"""The pyvis network of a page, which shows itself in a notebook."""

from pyvis.network import Network


class NetworkPage(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose `generate_html()` gives our page."""

    def _repr_html_(self) -> str:
        """Return the page in a frame that lets it run, save files and open links, and no more."""
        page, title = (
            text.replace("&", "&amp;").replace('"', "&quot;")
            for text in (self.generate_html(), str(self.heading))
        )
        rights = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
        return (
            f'<iframe title="{title}" sandbox="{rights}" width="100%" height="640" '
            f'frameborder="0" srcdoc="{page}"></iframe>'
        )
