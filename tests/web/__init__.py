"""The pages: their pure modules under node, and what Django serves of them."""
