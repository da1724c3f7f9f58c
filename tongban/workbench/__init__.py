"""The staff's door: windows and desks."""
