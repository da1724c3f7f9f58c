"""What the people served say of it."""
