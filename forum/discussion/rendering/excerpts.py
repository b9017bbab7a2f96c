from functools import lru_cache

from text.visible import clip, visible_text

EXCERPT_LENGTH = 140
CACHED_EXCERPTS = 5_000


@lru_cache(CACHED_EXCERPTS)
def excerpt_of(html: str) -> str:
    """Return the first words of a comment's HTML."""
    return clip(visible_text(html), EXCERPT_LENGTH)
