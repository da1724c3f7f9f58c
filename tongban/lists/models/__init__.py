"""The room's tables."""

from tongban.lists.models.demand import Demand, Heard

__all__ = ["Demand", "Heard"]
