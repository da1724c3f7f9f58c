"""What the room can tell: see the files."""
