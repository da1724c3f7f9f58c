"""What holds for lists, search and demand, without a database."""
