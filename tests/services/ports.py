"""Ports that stay ours, so that a service can be killed and come back where its clients look for it."""

import socket

_held: list[socket.socket] = []


def reserve_port() -> int:
    """A free port of the loopback address, kept from everybody else until this process ends.

    The socket stays bound without listening: a server that sets SO_REUSEADDR or SO_REUSEPORT, as all of
    ours do, may listen beside it; the system hands the port to nobody else.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    held.bind(("127.0.0.1", 0))
    _held.append(held)
    port: int = held.getsockname()[1]
    return port
