"""What the product is compared with, on the same Daphne, PostgreSQL and Redis."""
