"""What the lists can tell: what stands where on which day, and where an item can be handled."""
