"""FACES: the pages that people look at. They speak the public protocol, like any other client.

Must never import a model nor decide anything.
"""
