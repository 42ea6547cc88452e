"""Rows of the moderators' work. Columns and constraints only, no logic."""
