"""What a list, an agreement and a scope are, as plain values; `where` answers where an item can be handled."""
