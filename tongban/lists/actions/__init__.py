"""What can be done with lists and demand, by verbs: see the files."""
