"""The numbers of protocol.md §4 and §9 that one connection lives by, handed in so that its rules stay pure.

Names, units and defaults are those of the environment (settings.py).
"""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """`_s` are seconds, `_bytes` are bytes of UTF-8, the rest counts."""

    hello_timeout_s: float = 5
    max_hello_bytes: int = 4 * 1024
    max_frame_bytes: int = 32 * 1024
    max_frame_out_bytes: int = 64 * 1024
    max_bad_frames: int = 3
    max_subscriptions: int = 200
    max_sockets_per_user: int = 10
    max_running: int = 16
    max_waiting: int = 64
    writes_per_second: float = 5
    writes_burst: int = 20
    replay_entries: int = 500
    window_bytes: int = 128 * 1024
    window_frames: int = 256
    probe_bytes: int = 32 * 1024
    probe_frames: int = 64
    heartbeat_interval_s: float = 25
    heartbeat_timeout_s: float = 15
    slow_reader_timeout_s: float = 30
    typing_interval_s: float = 3
    max_age_hours: float = 12

    @classmethod
    def of(cls, environment: Any) -> "Limits":
        """Read from an object that has them all as attributes."""
        return cls(**{each.name: getattr(environment, each.name) for each in fields(cls)})

    def heartbeat(self) -> dict[str, int]:
        return {
            "interval_ms": round(self.heartbeat_interval_s * 1000),
            "timeout_ms": round(self.heartbeat_timeout_s * 1000),
        }

    def told(self) -> dict[str, float]:
        """What `welcome.limits` says; a client that keeps to these is never closed for its manners."""
        return {
            "frame_bytes": self.max_frame_bytes,
            "frame_out_bytes": self.max_frame_out_bytes,
            "window_bytes": self.window_bytes,
            "window_frames": self.window_frames,
            "replay_entries": self.replay_entries,
            "subscriptions": self.max_subscriptions,
            "sockets_per_user": self.max_sockets_per_user,
            "writes_per_second": self.writes_per_second,
            "writes_burst": self.writes_burst,
            "running": self.max_running,
            "waiting": self.max_waiting,
            "typing_interval_ms": round(self.typing_interval_s * 1000),
            "bad_frames": self.max_bad_frames,
            "text": 4000,
            "attachments": 10,
        }
