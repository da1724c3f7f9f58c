"""Legal documents: versioned templates, numbers without gaps, a field for the seal, and their rendering."""
