"""Running it: Daphne in a process, several such processes on one port, and the clock's round."""
