"""The catalogue's pages: revisions side by side, their editor, review and impact, standing, library."""
