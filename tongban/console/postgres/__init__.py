"""An embedded PostgreSQL that lives exactly as long as somebody uses it.

Every process that wants it holds a shared lock on one file; a keeper, the server's parent, waits for the
exclusive one. The kernel drops the lock of a process however it ends, so the server is shut down cleanly even
after SIGKILL, and several commands share one server.
"""
