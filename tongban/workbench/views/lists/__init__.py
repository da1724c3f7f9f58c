"""Views of lists, agreements, the register of documents and responsible persons."""
