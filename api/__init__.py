"""HTTP: for the host's backend, and for clients whose network breaks WebSocket (protocol.md §10)."""
