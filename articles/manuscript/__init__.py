"""An article as a file brings it, with its facts, questions and comments. Pure: no ORM, no HTTP."""

from articles.manuscript import markdown_form, page_form
from articles.manuscript.nouns import Manuscript, ManuscriptError, Remark
from articles.manuscript.page import Page

__all__ = ["Manuscript", "ManuscriptError", "Remark", "read"]


def read(content: bytes) -> Manuscript:
    """Reads either form. Raises ManuscriptError, which names the line and what was expected there."""
    page = Page.decode(content)
    if markdown_form.begins(page):
        return markdown_form.read(page)
    return page_form.read(page)
