"""Generate discussions of any size, for trying things out and for measuring."""

from forum.maintenance.generation.discussion import Outline, generate
from forum.maintenance.generation.indexes import dropped_indexes

__all__ = ["Outline", "dropped_indexes", "generate"]
