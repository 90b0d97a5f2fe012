"""The tasks: how one is asked for, and which events it publishes, in order."""

import asyncio
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from .events import SCHEMA_VERSION
from .hub import Hub

OUTCOMES = ("succeeded", "failed", "cancelled")

Step = tuple[str, dict[str, Any]]


class BadRequest(ValueError):
    """A body that asks for no task, in one line for its sender."""


@dataclass(frozen=True)
class Task:
    """A task that was asked for."""

    type: str
    container_id: str
    outcome: str = "succeeded"
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @classmethod
    def from_body(cls, text: bytes, default_container_id: str) -> Self:
        """Reads the body of a request, or raises `BadRequest`."""
        try:
            body = json.loads(text.decode())
        except (ValueError, RecursionError) as error:
            raise BadRequest("the body is not JSON") from error
        if not isinstance(body, dict):
            raise BadRequest("the body is not an object")
        if unknown := body.keys() - {"type", "container_id", "outcome"}:
            raise BadRequest(f"unknown member `{min(unknown)}`")
        _one_of(FLOWS, body, "type")
        _one_of(OUTCOMES, {"outcome": "succeeded"} | body, "outcome")
        if not is_uuid(body.get("container_id", default_container_id)):
            raise BadRequest("`container_id` is not a UUID")
        return cls(**({"container_id": default_container_id} | body))

    def describe(self) -> dict[str, Any]:
        """The task as clients see it when it is accepted."""
        return {"id": self.id, "type": self.type, "status": "queued", "progress": 0}


async def run(task: Task, hub: Hub, step_ms: int) -> None:
    """Publishes the events of a task, one pause apart."""
    context = {"task_id": task.id, "container_id": task.container_id}
    for type, payload in steps(task):
        hub.publish(type, payload | {"schema_version": SCHEMA_VERSION}, context)
        await asyncio.sleep(step_ms / 1000)


def complete_interrupted(hub: Hub) -> None:
    """Ends the tasks that a process before this one left under way, for whose end clients still wait."""
    under_way: dict[str, None] = {}
    for event in hub.history:
        match event.envelope:
            case {"type": "task.created", "payload": {"task": {"id": id}}}:
                under_way[id] = None
            case {"type": "task.completed", "payload": {"task_id": id}}:
                under_way.pop(id, None)
    for id in under_way:
        payload = {"task_id": id, "status": "failed", "result": {"error": "The agent was restarted"}}
        hub.publish("task.completed", payload | {"schema_version": SCHEMA_VERSION}, {"task_id": id})


def steps(task: Task) -> Iterator[Step]:
    """All events of a task."""
    yield "task.created", {"task": task.describe()}
    for step in FLOWS[task.type](task):
        yield step
        if step[0] == "task.updated" and task.outcome != "succeeded":
            break
    yield _completed(task)


def _install_app(task: Task) -> Iterator[Step]:
    app_id = str(uuid.uuid4())
    yield _updated(task, 0, "Preparing the installation")
    for progress, line in (33, "Downloading installer..."), (66, "Copying files..."), (100, "Registering the app..."):
        yield "app.install.log", {"app_id": app_id, "task_id": task.id, "level": "info", "line": line}
        yield _updated(task, progress, line)


def _start_container(task: Task) -> Iterator[Step]:
    yield "container.status", {"container_id": task.container_id, "status": "starting"}
    yield _updated(task, 50, "Waiting for the container")
    yield "container.status", {"container_id": task.container_id, "status": "ready"}


def _create_snapshot(task: Task) -> Iterator[Step]:
    yield _updated(task, 50, "Copying the disk")
    snapshot = {"id": str(uuid.uuid4()), "container_id": task.container_id, "label": "on request", "type": "full"}
    yield "snapshot.created", {"snapshot": snapshot}


def _export_container(task: Task) -> Iterator[Step]:
    yield _updated(task, 50, "Packing the container")
    package_id = str(uuid.uuid4())
    location = f"file:///C:/Containers/exports/{package_id}.orbit"
    yield "export.ready", {"package_id": package_id, "container_id": task.container_id, "location": location}


FLOWS = {
    "app.install": _install_app,
    "container.start": _start_container,
    "snapshot.create": _create_snapshot,
    "container.export": _export_container,
}


def _updated(task: Task, progress: int, message: str) -> Step:
    return "task.updated", {"task_id": task.id, "status": "running", "progress": progress, "message": message}


def _completed(task: Task) -> Step:
    results = {"succeeded": {"exit_code": 0}, "failed": {"error": "The task was asked to fail"}, "cancelled": {}}
    return "task.completed", {"task_id": task.id, "status": task.outcome, "result": results[task.outcome]}


def is_uuid(value: Any) -> bool:
    """Whether a JSON value is a UUID in its usual form, with hyphens and without braces."""
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def _one_of(allowed: Any, body: dict[str, Any], member: str) -> None:
    value = body.get(member)
    if not isinstance(value, str) or value not in allowed:
        raise BadRequest(f"`{member}` is not one of {', '.join(allowed)}")
