"""The heart: a case from the counter to the delivered result."""
