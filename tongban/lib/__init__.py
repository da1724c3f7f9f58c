"""Small, pure tools that know no room: one noun per file."""
