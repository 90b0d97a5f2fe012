# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""Clients of Builder real-time events over Socket.IO."""

from __future__ import annotations

from typing import Any, Literal, overload

from ._handfast.socket_client import SocketClient
from ._handfast.subscription import On
from .models import (
    AgentError,
    AgentOutput,
    AgentStatusUpdate,
    Authenticate,
    Authenticated,
    BuildCompleted,
    BuildFailed,
    BuildProgress,
    BuildStarted,
    ClientEvent,
    DeploymentProgress,
    DeploymentSuccess,
    Error,
    JoinProject,
    Ping,
    Pong,
    ProjectJoined,
    ServerEvent,
    UserDecisionRequired,
    UserDecisionResponse,
    client_events,
    server_events,
)
from ._handfast.error import ClientError as ClientError


class BuilderClient(SocketClient[ServerEvent, ClientEvent]):
    """A client of the namespace `/builder` of Builder real-time events.

    The namespace of the protocol.
    """

    namespace = "/builder"
    server_events = server_events
    client_events = client_events
    arguments = {"<ping": "none", "pong": "none"}
    acknowledgements = {}
    auth_name = "token"
    refusal = "Authentication failed"
    pong = ("ping", "pong", lambda: None)

    @overload
    def on(self, event: Literal["authenticated"], /) -> On[Authenticated]: ...

    @overload
    def on(self, event: Literal["project-joined"], /) -> On[ProjectJoined]: ...

    @overload
    def on(self, event: Literal["agent:status:update"], /) -> On[AgentStatusUpdate]: ...

    @overload
    def on(self, event: Literal["agent:output"], /) -> On[AgentOutput]: ...

    @overload
    def on(self, event: Literal["agent:error"], /) -> On[AgentError]: ...

    @overload
    def on(self, event: Literal["build:started"], /) -> On[BuildStarted]: ...

    @overload
    def on(self, event: Literal["build:progress"], /) -> On[BuildProgress]: ...

    @overload
    def on(self, event: Literal["build:completed"], /) -> On[BuildCompleted]: ...

    @overload
    def on(self, event: Literal["build:failed"], /) -> On[BuildFailed]: ...

    @overload
    def on(self, event: Literal["user:decision:required"], /) -> On[UserDecisionRequired]: ...

    @overload
    def on(self, event: Literal["deployment:progress"], /) -> On[DeploymentProgress]: ...

    @overload
    def on(self, event: Literal["deployment:success"], /) -> On[DeploymentSuccess]: ...

    @overload
    def on(self, event: Literal["error"], /) -> On[Error]: ...

    @overload
    def on(self, event: Literal["ping"], /) -> On[Ping]: ...

    @overload
    def on(self, event: str, /) -> On[ServerEvent]: ...

    def on(self, event: str, /) -> Any:
        """Calls the decorated function, which may be a coroutine function, with each event of that name."""
        return self._on(event)

    @overload
    async def emit(self, event: Literal["authenticate"], data: Authenticate, /) -> None: ...

    @overload
    async def emit(self, event: Literal["join-project"], data: JoinProject, /) -> None: ...

    @overload
    async def emit(self, event: Literal["user:decision:response"], data: UserDecisionResponse, /) -> None: ...

    @overload
    async def emit(self, event: Literal["pong"], data: Pong = None, /) -> None: ...

    async def emit(self, event: str, data: Any = None, /) -> None:
        """Sends an event. Raises Invalid for one that the contract does not allow, and ClientError without a connection."""
        await self._emit(event, data)
