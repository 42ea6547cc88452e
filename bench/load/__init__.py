"""The load generator: several processes of picows clients, so that it is never what is measured."""
