"""One search over articles, answers and comments (docs/search.md)."""
