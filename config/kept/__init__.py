"""Pages for signed-out readers, made once and kept: answered before Django is asked for anything."""

from config.kept.keeper import Keeper
from config.kept.shelf import Shelf, shelf_for

__all__ = ["Keeper", "Shelf", "shelf_for"]
