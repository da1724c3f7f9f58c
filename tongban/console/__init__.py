"""The operators' door: the `tongban` command, the embedded PostgreSQL, health and logs."""
