"""What can be done with the catalogue, by verbs; each one transaction."""

from tongban.catalogue.actions.loading import Loaded, load

__all__ = ["Loaded", "load"]
