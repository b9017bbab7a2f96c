"""A discussion that nobody held, of any size: for trying things out and for measuring."""

from forum.generation.discussion import Outline, generate
from forum.generation.indexes import put_aside

__all__ = ["Outline", "generate", "put_aside"]
