"""Views by subject: `services` (what can be done, and where), `follow` (one's own case)."""
