"""What the types of the WebSocket and SSE client allow, and what they refuse: every ignored error must be one."""

from collections.abc import AsyncIterator
from typing import Union

import orbit
from orbit import ABSENT, Absent, DateTime, ServerEvent, UnknownEvent, Uuid
from orbit.client import ClientError, OrbitClient
from typing_extensions import assert_type

client = OrbitClient("wss://localhost:7443", token="t", topics=["task.*"])


@client.on("task.completed")
async def completed(event: orbit.TaskCompleted) -> None:
    assert_type(event.payload.task_id, Uuid)


@client.on("task.created")
def created(event: orbit.TaskCreated) -> int:
    return event.payload.task.progress + 1


@client.on("task.*")
def task(event: Union[orbit.TaskCreated, orbit.TaskUpdated, orbit.TaskCompleted]) -> None:
    if event.type == "task.created":
        assert_type(event, orbit.TaskCreated)


@client.on("anything.*")
def anything(event: ServerEvent) -> None: ...


@client.on("task.completed")  # type: ignore[arg-type]
def another_event(event: orbit.TaskCreated) -> None: ...


@client.on("task.*")  # type: ignore[arg-type]
def not_all_of_them(event: orbit.TaskCreated) -> None: ...


@client.on_unknown
def unknown(event: UnknownEvent) -> None: ...


@client.on_error
async def error(event: ClientError) -> None:
    if event.kind == "refused":
        print(event.status)


@client.on_error  # type: ignore[arg-type]
def no_error(event: UnknownEvent) -> None: ...


def is_created(event: orbit.TaskCreated) -> bool:
    return event.type == "task.created"


async def use() -> None:
    async with client as same:
        assert_type(same, OrbitClient)
        event = await client.next("task.completed", where=lambda it: it.payload.status == "failed", timeout=1)
        assert_type(event, orbit.TaskCompleted)
        assert_type(await client.next("whatever"), ServerEvent)
        await client.next("task.completed", where=is_created)  # type: ignore[arg-type]
        async for metrics in client.events("container.metrics"):
            assert_type(metrics, orbit.ContainerMetrics)
        events: AsyncIterator[ServerEvent] = client.events("*")
        print(events)
        await client.send(orbit.Ping(id=Uuid.random(), timestamp=DateTime.now()))
        await client.send(event)  # type: ignore[arg-type]


def models(event: ServerEvent) -> None:
    orbit.TaskUpdatedPayload(task_id=Uuid.random(), progress=3, status="running")
    orbit.TaskUpdatedPayload(progress=3)  # type: ignore[call-arg]
    orbit.TaskUpdatedPayload(task_id=Uuid.random(), progress="3")  # type: ignore[arg-type]
    orbit.TaskUpdatedPayload(task_id=Uuid.random(), status="flying")  # type: ignore[arg-type]
    orbit.TaskUpdatedPayload(task_id="not yet a UUID")  # type: ignore[arg-type]
    if isinstance(event, orbit.TaskUpdated):
        print(event.payload.progress + 1)  # type: ignore[operator]
        event.payload.progress = 3  # type: ignore[misc]
        print(event.payload.nothing)  # type: ignore[attr-defined]
    absent: Absent = ABSENT
    print(absent)
