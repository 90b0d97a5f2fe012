"""A server within the test's process, and clients that know its token."""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse

from orbit_server.app import HUB, create_app
from orbit_server.settings import Settings

TOKEN = "a token / with + signs that ~ base64url must carry?"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
NEVER_MS = 3_600_000


@pytest.fixture
def start(aiohttp_client):
    """Starts a server with settings of the test's own; without metrics unless asked for."""

    async def start(**settings: Any):
        app = create_app(Settings(**{"token": TOKEN, "step_ms": 1, "metrics_ms": NEVER_MS} | settings))
        client = await aiohttp_client(app)
        client.hub = app[HUB]
        return client

    return start


@pytest.fixture
async def client(start):
    """A client of a server with the usual settings."""
    return await start()


async def create_task(client, type: str, **members: Any) -> dict[str, Any]:
    """Asks for a task and returns it as the server describes it."""
    async with client.post("/api/tasks", json={"type": type, **members}, headers=BEARER) as response:
        assert response.status == 202
        return (await response.json())["task"]


async def until(socket, type: str) -> list[dict[str, Any]]:
    """All events up to one of this type."""
    events = [await socket.receive_json(timeout=5)]
    while events[-1]["type"] != type:
        events.append(await socket.receive_json(timeout=5))
    return events


async def blocks(response: ClientResponse) -> AsyncIterator[dict[str, str]]:
    """The blocks of an SSE stream: each field's value, comments under the empty name."""
    block: dict[str, str] = {}
    async for line in response.content:
        name, _, value = line.decode().rstrip("\n").partition(":")
        if name or value:
            assert name not in block, "no field comes twice"
            block[name] = value.removeprefix(" ")
        else:
            yield block
            block = {}


async def stream_events(response: ClientResponse, n_events: int) -> list[dict[str, Any]]:
    """The next events of an SSE stream; each block is checked against the envelope that it carries."""
    events: list[dict[str, Any]] = []
    async for block in blocks(response):
        if "data" in block:
            event = json.loads(block["data"])
            assert block == {"id": event["id"], "event": event["type"], "data": block["data"]}
            events.append(event)
        if len(events) == n_events:
            break
    return events


def publish(client, n_events: int, type: str = "task.updated", **payload: Any) -> list[str]:
    """Publishes events that can be told apart, and returns what tells them apart."""
    names = [str(uuid.uuid4()) for _ in range(n_events)]
    for name in names:
        client.hub.publish(type, {"task_id": name, **payload})
    return names


def names(events: list[dict[str, Any]]) -> list[str]:
    """What tells apart the events that `publish` made."""
    return [event["payload"]["task_id"] for event in events]
