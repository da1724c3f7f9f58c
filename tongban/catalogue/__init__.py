"""The ground: items, their revisions, rules and the materials they ask for."""
