"""How tests read and steer the page of the coverage."""

from chromium import Page

#: the rows of the matrix that is shown, as texts
SHOWN = """[...[...document.querySelectorAll(".matrix")].find((t) => t.checkVisibility()).rows]
  .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"""


def matrix(page: Page) -> list[list[str]]:
    """Return the texts of the cells of the matrix that is shown."""
    rows: list[list[str]] = page.evaluate(SHOWN)
    return rows


def count(page: Page, body: str) -> int:
    """Return how many rows of a list are shown."""
    found: int = page.evaluate(
        f"[...document.querySelectorAll('#{body} tr')].filter((r) => r.checkVisibility()).length"
    )
    return found
