from text.fields import validate_shown
from text.markdown import render_article
from text.visible import surely_shows, visible_text

# If nothing shows of so many characters, nobody reads on.
LOOKED_AT = 10_000


def validate_markdown_shown(text: str) -> None:
    """Refuse Markdown of which readers would see nothing."""
    if not surely_shows(text[:LOOKED_AT]):
        validate_shown(visible_text(render_article(text[:LOOKED_AT])))
