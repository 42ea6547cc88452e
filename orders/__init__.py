"""Orders: what is bought, by whom, for how much, and how far it is. Uses chat, never the reverse."""
