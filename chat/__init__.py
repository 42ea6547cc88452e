"""Threads: people talking. Knows nothing of orders, sockets or HTML."""
