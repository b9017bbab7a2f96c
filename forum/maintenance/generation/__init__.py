"""A discussion that nobody held, of any size: for trying things out and for measuring."""

from forum.maintenance.generation.discussion import Outline, generate
from forum.maintenance.generation.indexes import put_aside

__all__ = ["Outline", "generate", "put_aside"]
