"""The real programs that the tests run against, each as a process that a test may also kill."""
