# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""What goes wrong between a client and its server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from .violation import Violation

Kind = Literal["parse", "invalid", "closed", "refused", "unreachable", "heartbeat", "overflow", "handler"]


class ClientError(Exception):
    """What went wrong, by its kind.

    - `parse`: what arrived is no JSON. `data` is its text.
    - `invalid`: what arrived breaks the contract. `violations` say how, `data` is its text.
    - `closed`: the connection ended, with the WebSocket's close `code` if there is one; or the client is closed.
    - `refused`: the server does not want this client: the HTTP `status` says why. It is not asked again.
    - `unreachable`: nobody answered, or not as a server should.
    - `heartbeat`: the server was silent for too long.
    - `overflow`: events came faster than they were taken.
    - `handler`: a handler raised an exception, the `__cause__`.
    """

    def __init__(
        self,
        kind: Kind,
        message: str,
        *,
        violations: Iterable[Violation] = (),
        status: int | None = None,
        code: int | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind: Kind = kind
        self.message = message
        self.violations = tuple(violations)
        self.status = status
        self.code = code
        self.data = data
