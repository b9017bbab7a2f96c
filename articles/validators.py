import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from text.fields import validate_shown
from text.markdown import render_article
from text.visible import surely_shows, visible_text

# About 35,000 words: more than any article with its answers.
TEXT_MAX_LENGTH = 200_000
# Letters cost little, signs and new lines are looked at one by
# one: so many are rendered within half a second.
MOST_SIGNS = 20_000
_SIGN = regex.compile(r"[^\p{L}\p{M}\p{N}\s]|\n")
# If nothing shows of so many characters, nobody reads on.
LOOKED_AT = 10_000


def validate_markdown_shown(text: str) -> None:
    """Refuse Markdown of which readers would see nothing."""
    if not surely_shows(text[:LOOKED_AT]):
        validate_shown(visible_text(render_article(text[:LOOKED_AT])))


def validate_markdown_size(text: str) -> None:
    """Refuse Markdown that takes long to render."""
    if len(text) > TEXT_MAX_LENGTH:
        raise ValidationError(
            _(
                "The text and its answers have %(n)s characters: the limit is %(most)s."
                " Split the article in two."
            ),
            "length",
            {"n": f"{len(text):,}", "most": f"{TEXT_MAX_LENGTH:,}"},
        )
    signs = sum(1 for _sign in _SIGN.finditer(text))
    if signs > MOST_SIGNS:
        raise ValidationError(
            _(
                "The text and its answers have %(n)s punctuation marks and line breaks:"
                " the limit is %(most)s. Remove some, or split the article in two."
            ),
            "signs",
            {"n": f"{signs:,}", "most": f"{MOST_SIGNS:,}"},
        )
