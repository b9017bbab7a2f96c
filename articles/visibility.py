"""Purge pages when an article becomes visible or hidden."""

from pagecache import versions


def visibility_changed(*articles: int) -> None:
    """Let the public pages follow articles that were
    written, withdrawn, published again or deleted.

    To be called in the transaction that changes them; `Article.save` and `Article.delete` do it.
    Within a second of the commit no process shows a cached page of these articles, or one that
    quotes a comment from them. Nothing else is stored about an article that depends on its
    visibility: home, feeds, people's pages and quotations ask for it when they are read.
    """
    versions.purge(*articles)
