"""A server in memory that can be told to be wrong: it proves that the checker sees. Nothing of it is the product."""
