"""What the environment says about how the server runs."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingError(ValueError):
    """A setting that makes no sense, in one line for its user."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings; the tests make theirs without an environment."""

    token: str
    token_was_given: bool = True
    host: str = "127.0.0.1"
    port: int = 0
    self_signed: bool = False
    cert_out: Path | None = None
    step_ms: int = 20
    metrics_ms: int = 1000
    history: int = 1000
    """How many events a client can resume over."""
    event_log: Path | None = None
    """Where the events are kept, so that clients can resume over a restart of the server."""
    queue: int = 256
    """How many events may wait for one client before it is dropped."""
    sse_heartbeat_s: float = 15
    close_grace_s: float = 5
    """How long a client that is dropped may take to read what was sent."""

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Reads the settings, or raises `SettingError`."""
        token = env.get("ORBIT_TOKEN", "")
        cert_out = env.get("TLS_CERT_OUT", "")
        event_log = env.get("EVENT_LOG", "")
        return cls(
            token=token or secrets.token_urlsafe(32),
            token_was_given=bool(token),
            host=env.get("HOST") or "127.0.0.1",
            port=_whole_number(env, "PORT", 7443, 0, 65535),
            self_signed=_tls(env),
            cert_out=Path(cert_out) if cert_out else None,
            step_ms=_whole_number(env, "STEP_MS", 20, 0),
            metrics_ms=_whole_number(env, "METRICS_MS", 1000, 1),
            history=_whole_number(env, "HISTORY", 1000, 0),
            event_log=Path(event_log) if event_log else None,
        )


def _whole_number(env: Mapping[str, str], name: str, default: int, least: int, most: int = 2**31 - 1) -> int:
    text = env.get(name) or str(default)
    if text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most:
        return int(text)
    raise SettingError(f"{name} is `{text}`, expected a whole number from {least} to {most}")


def _tls(env: Mapping[str, str]) -> bool:
    text = env.get("TLS", "")
    if text in ("", "self-signed"):
        return bool(text)
    raise SettingError(f"TLS is `{text}`, expected `self-signed` or nothing")
