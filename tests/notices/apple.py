"""A fake of Apple's push servers that speaks what they speak and nothing else: HTTP/2 over TLS."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded


@dataclass
class Apple:
    """`received` holds (headers, JSON) of each push; `answer` is what the next ones get."""

    listener: socket.socket
    context: ssl.SSLContext
    received: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    answer: tuple[int, Any] = (200, None)
    protocols: set[str | None] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                threading.Thread(target=self.talk, args=(plain,), daemon=True).start()

    def talk(self, plain: socket.socket) -> None:
        with suppress(OSError), self.context.wrap_socket(plain, server_side=True) as line:
            self.protocols.add(line.selected_alpn_protocol())
            talk = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
            talk.initiate_connection()
            line.sendall(talk.data_to_send())
            asked: dict[int, tuple[dict[str, str], bytearray]] = {}
            while data := line.recv(65536):
                for event in talk.receive_data(data):
                    if isinstance(event, RequestReceived):
                        asked[event.stream_id] = {str(k): str(v) for k, v in event.headers}, bytearray()
                    elif isinstance(event, DataReceived):
                        asked[event.stream_id][1].extend(event.data)
                    elif isinstance(event, StreamEnded):
                        headers, body = asked.pop(event.stream_id)
                        self.received.append((headers, json.loads(bytes(body))))
                        status, said = self.answer
                        talk.send_headers(event.stream_id, [(":status", str(status))], end_stream=said is None)
                        if said is not None:
                            talk.send_data(event.stream_id, json.dumps(said).encode(), end_stream=True)
                line.sendall(talk.data_to_send())


def certify(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost for an hour, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "localhost.pem", folder / "localhost.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret


@contextmanager
def open_apple(certificate: Path, secret: Path) -> Iterator[Apple]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    # Whoever offers less finds no common protocol.
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        apple = Apple(listener, context)
        threading.Thread(target=apple.serve, daemon=True).start()
        yield apple
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
