"""Bytes by hash: the gate through which files enter, where they lie, and the marked copies that are shown."""
