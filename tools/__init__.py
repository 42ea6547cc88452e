"""What installs, checks and starts the house. Standard library only."""
