"""The long fault run: servers, Redis and PostgreSQL fail at random under mixed load, and all is checked at the end."""
