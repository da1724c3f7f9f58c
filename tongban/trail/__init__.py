"""The memory: every step, sealed; followers read it."""
