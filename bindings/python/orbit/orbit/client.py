# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""A client of Orbit real-time events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Union, overload

from ._handfast.client import Client
from ._handfast.protocol import Auth, Channel, Heartbeat, Protocol
from ._handfast.subscription import Events, On
from .models import (
    AppInstallLog,
    ClientEvent,
    ContainerMetrics,
    ContainerStatus,
    ExportReady,
    Pong,
    ServerEvent,
    SnapshotCreated,
    TaskCompleted,
    TaskCreated,
    TaskUpdated,
    client_events,
    server_events,
)
from ._handfast.backoff import Backoff as Backoff
from ._handfast.error import ClientError as ClientError


class OrbitClient(Client[ServerEvent, ClientEvent]):
    """A client of Orbit real-time events."""

    protocol = Protocol(
        channels=(Channel("events", "websocket", "/ws", frozenset(("task.created", "task.updated", "task.completed", "container.status", "container.metrics", "app.install.log", "snapshot.created", "export.ready", "pong")), frozenset(("ping",))), Channel("stream", "sse", "/events/stream", frozenset(("task.created", "task.updated", "task.completed", "container.status", "container.metrics", "app.install.log", "snapshot.created", "export.ready")), frozenset(()))),
        server_events=server_events,
        client_events=client_events,
        auth=(Auth("subprotocol", "orbit.v1", "bearer."), Auth("header", "Authorization", "Bearer")),
        filter_query="topics",
        filter_separator=",",
        wildcard="*",
        resume_header="Last-Event-ID",
        resume_id=("id",),
        heartbeat=Heartbeat(True, "ping", "pong", within=5, make=lambda: {"type": "ping"}),
    )

    @overload
    def on(self, topic: Literal["task.created"], /) -> On[TaskCreated]: ...

    @overload
    def on(self, topic: Literal["task.updated"], /) -> On[TaskUpdated]: ...

    @overload
    def on(self, topic: Literal["task.completed"], /) -> On[TaskCompleted]: ...

    @overload
    def on(self, topic: Literal["container.status"], /) -> On[ContainerStatus]: ...

    @overload
    def on(self, topic: Literal["container.metrics"], /) -> On[ContainerMetrics]: ...

    @overload
    def on(self, topic: Literal["app.install.log"], /) -> On[AppInstallLog]: ...

    @overload
    def on(self, topic: Literal["snapshot.created"], /) -> On[SnapshotCreated]: ...

    @overload
    def on(self, topic: Literal["export.ready"], /) -> On[ExportReady]: ...

    @overload
    def on(self, topic: Literal["pong"], /) -> On[Pong]: ...

    @overload
    def on(self, topic: Literal["task.*"], /) -> On[Union[TaskCreated, TaskUpdated, TaskCompleted]]: ...

    @overload
    def on(self, topic: Literal["container.*"], /) -> On[Union[ContainerStatus, ContainerMetrics]]: ...

    @overload
    def on(self, topic: Literal["app.*"], /) -> On[AppInstallLog]: ...

    @overload
    def on(self, topic: Literal["app.install.*"], /) -> On[AppInstallLog]: ...

    @overload
    def on(self, topic: Literal["snapshot.*"], /) -> On[SnapshotCreated]: ...

    @overload
    def on(self, topic: Literal["export.*"], /) -> On[ExportReady]: ...

    @overload
    def on(self, topic: str, /) -> On[ServerEvent]: ...

    def on(self, topic: str, /) -> Any:
        """Calls the decorated function, which may be a coroutine function, with each event of a topic."""
        return super().on(topic)

    @overload
    def events(self, topic: Literal["task.created"], /) -> Events[TaskCreated]: ...

    @overload
    def events(self, topic: Literal["task.updated"], /) -> Events[TaskUpdated]: ...

    @overload
    def events(self, topic: Literal["task.completed"], /) -> Events[TaskCompleted]: ...

    @overload
    def events(self, topic: Literal["container.status"], /) -> Events[ContainerStatus]: ...

    @overload
    def events(self, topic: Literal["container.metrics"], /) -> Events[ContainerMetrics]: ...

    @overload
    def events(self, topic: Literal["app.install.log"], /) -> Events[AppInstallLog]: ...

    @overload
    def events(self, topic: Literal["snapshot.created"], /) -> Events[SnapshotCreated]: ...

    @overload
    def events(self, topic: Literal["export.ready"], /) -> Events[ExportReady]: ...

    @overload
    def events(self, topic: Literal["pong"], /) -> Events[Pong]: ...

    @overload
    def events(self, topic: Literal["task.*"], /) -> Events[Union[TaskCreated, TaskUpdated, TaskCompleted]]: ...

    @overload
    def events(self, topic: Literal["container.*"], /) -> Events[Union[ContainerStatus, ContainerMetrics]]: ...

    @overload
    def events(self, topic: Literal["app.*"], /) -> Events[AppInstallLog]: ...

    @overload
    def events(self, topic: Literal["app.install.*"], /) -> Events[AppInstallLog]: ...

    @overload
    def events(self, topic: Literal["snapshot.*"], /) -> Events[SnapshotCreated]: ...

    @overload
    def events(self, topic: Literal["export.*"], /) -> Events[ExportReady]: ...

    @overload
    def events(self, topic: str, /) -> Events[ServerEvent]: ...

    def events(self, topic: str, /) -> Any:
        """The events of a topic from now on, as an asynchronous iterator."""
        return super().events(topic)

    @overload
    async def next(
        self,
        topic: Literal["task.created"],
        /,
        *,
        where: Callable[[TaskCreated], bool] | None = None,
        timeout: float | None = None,
    ) -> TaskCreated: ...

    @overload
    async def next(
        self,
        topic: Literal["task.updated"],
        /,
        *,
        where: Callable[[TaskUpdated], bool] | None = None,
        timeout: float | None = None,
    ) -> TaskUpdated: ...

    @overload
    async def next(
        self,
        topic: Literal["task.completed"],
        /,
        *,
        where: Callable[[TaskCompleted], bool] | None = None,
        timeout: float | None = None,
    ) -> TaskCompleted: ...

    @overload
    async def next(
        self,
        topic: Literal["container.status"],
        /,
        *,
        where: Callable[[ContainerStatus], bool] | None = None,
        timeout: float | None = None,
    ) -> ContainerStatus: ...

    @overload
    async def next(
        self,
        topic: Literal["container.metrics"],
        /,
        *,
        where: Callable[[ContainerMetrics], bool] | None = None,
        timeout: float | None = None,
    ) -> ContainerMetrics: ...

    @overload
    async def next(
        self,
        topic: Literal["app.install.log"],
        /,
        *,
        where: Callable[[AppInstallLog], bool] | None = None,
        timeout: float | None = None,
    ) -> AppInstallLog: ...

    @overload
    async def next(
        self,
        topic: Literal["snapshot.created"],
        /,
        *,
        where: Callable[[SnapshotCreated], bool] | None = None,
        timeout: float | None = None,
    ) -> SnapshotCreated: ...

    @overload
    async def next(
        self,
        topic: Literal["export.ready"],
        /,
        *,
        where: Callable[[ExportReady], bool] | None = None,
        timeout: float | None = None,
    ) -> ExportReady: ...

    @overload
    async def next(
        self,
        topic: Literal["pong"],
        /,
        *,
        where: Callable[[Pong], bool] | None = None,
        timeout: float | None = None,
    ) -> Pong: ...

    @overload
    async def next(
        self,
        topic: Literal["task.*"],
        /,
        *,
        where: Callable[[Union[TaskCreated, TaskUpdated, TaskCompleted]], bool] | None = None,
        timeout: float | None = None,
    ) -> Union[TaskCreated, TaskUpdated, TaskCompleted]: ...

    @overload
    async def next(
        self,
        topic: Literal["container.*"],
        /,
        *,
        where: Callable[[Union[ContainerStatus, ContainerMetrics]], bool] | None = None,
        timeout: float | None = None,
    ) -> Union[ContainerStatus, ContainerMetrics]: ...

    @overload
    async def next(
        self,
        topic: Literal["app.*"],
        /,
        *,
        where: Callable[[AppInstallLog], bool] | None = None,
        timeout: float | None = None,
    ) -> AppInstallLog: ...

    @overload
    async def next(
        self,
        topic: Literal["app.install.*"],
        /,
        *,
        where: Callable[[AppInstallLog], bool] | None = None,
        timeout: float | None = None,
    ) -> AppInstallLog: ...

    @overload
    async def next(
        self,
        topic: Literal["snapshot.*"],
        /,
        *,
        where: Callable[[SnapshotCreated], bool] | None = None,
        timeout: float | None = None,
    ) -> SnapshotCreated: ...

    @overload
    async def next(
        self,
        topic: Literal["export.*"],
        /,
        *,
        where: Callable[[ExportReady], bool] | None = None,
        timeout: float | None = None,
    ) -> ExportReady: ...

    @overload
    async def next(
        self,
        topic: str,
        /,
        *,
        where: Callable[[ServerEvent], bool] | None = None,
        timeout: float | None = None,
    ) -> ServerEvent: ...

    async def next(
        self, topic: str, /, *, where: Callable[[Any], bool] | None = None, timeout: float | None = None
    ) -> Any:
        """The next event of a topic for which `where` is true. Raises TimeoutError after `timeout` seconds."""
        return await super().next(topic, where=where, timeout=timeout)
