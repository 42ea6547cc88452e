"""NOTICES: telling people what happened while they were away, by e-mail and push. Quotes no message, ever."""
