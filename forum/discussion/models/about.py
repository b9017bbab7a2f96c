"""Fields of comments and drafts that say what part of the article they are about."""

from typing import TYPE_CHECKING, TypedDict, cast

from articles.models import Passage

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment
    from forum.discussion.models.draft import Draft


class AboutFields(TypedDict, total=False):
    kind: str | None  # a question, a correction
    passage: Passage | None
    passage_edition: int | None
    passage_words: str


COLUMNS = tuple(AboutFields.__annotations__)


def about_fields_of(source: "Comment | Draft") -> AboutFields:
    return cast("AboutFields", {name: getattr(source, name) for name in COLUMNS})


def fields_about(passage: Passage | None, *, selected: str = "") -> AboutFields:
    """Return the fields for a passage. Selected words are stored instead of all if the passage has
    them.
    """
    if passage is None:
        return {"passage": None, "passage_edition": None, "passage_words": ""}
    selected = " ".join(selected.split())
    words = selected if selected in passage.words else ""
    return {
        "passage": passage,
        "passage_edition": passage.edition,
        "passage_words": words or passage.words,
    }
