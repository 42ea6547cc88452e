"""The Channels tutorial's chat, made durable in the plainest way: what most people would build first.

Must never be tuned, nor hobbled: it is what its documentation shows, with a `create` per message.
"""
