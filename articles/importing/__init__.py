"""An article as a file brings it, with its facts, questions and comments. Pure: no ORM, no HTTP."""

from articles.importing import markdown, plain_text
from articles.importing.page import Page
from articles.importing.types import ImportedComment, Manuscript, ManuscriptError

__all__ = ["ImportedComment", "Manuscript", "ManuscriptError", "read"]


def read(content: bytes) -> Manuscript:
    """Reads either form. Raises ManuscriptError, which names the line
    and what was expected there.
    """
    page = Page.decode(content)
    if markdown.begins(page):
        return markdown.read(page)
    return plain_text.read(page)
