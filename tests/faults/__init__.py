"""Networks, Redis, PostgreSQL and whole servers fail on purpose; an independent checker says what was lost."""
