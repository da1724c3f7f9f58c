"""Views of local implementations: how the same they are, lists on their way in, packages of items."""
