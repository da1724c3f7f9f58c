"""A browser walks what the plan promises: one file per journey."""
