"""MODERATORS: what staff see, in which order, and what becomes of it. Uses orders and chat, never the reverse."""
