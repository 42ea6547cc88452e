"""What is measured: one module for each line of the table, or for two that need the same load."""
