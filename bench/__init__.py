"""Measurements: our server beside baselines on the same Daphne, PostgreSQL and Redis, in the same minute.

Must never import the product: it is measured from outside, through its ports, its rows and /proc.
"""
