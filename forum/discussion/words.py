"""The words by which comments are found."""

from database.search import MARK
from text.search_words import search_words


def words_of_comment(text: str, *, article: int) -> str:
    """Return the words of what readers see of a comment, behind the mark of its article, by which
    one discussion is searched.
    """
    return f"{MARK}{article} {search_words(text)}"
