"""Views by subject: `entrance` (signing in), `window` (receiving), `desk` (deciding)."""
