from privacy.models.deletion import Deletion
from privacy.models.export import Export

__all__ = ["Deletion", "Export"]
