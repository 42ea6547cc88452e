"""Doors for programs on a socket: the language, one connection's rules, and the hub that brings entries to them."""
