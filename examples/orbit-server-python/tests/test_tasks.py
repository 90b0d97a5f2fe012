"""Tasks: which events they publish, in which order, and which bodies are refused."""

import re
import uuid

import pytest
from conftest import BEARER, create_task, until

FLOWS = {
    "app.install": [
        "task.created queued 0",
        "task.updated running 0",
        *("app.install.log info", "task.updated running 33"),
        *("app.install.log info", "task.updated running 66"),
        *("app.install.log info", "task.updated running 100"),
    ],
    "container.start": [
        "task.created queued 0",
        "container.status starting",
        "task.updated running 50",
        "container.status ready",
    ],
    "snapshot.create": ["task.created queued 0", "task.updated running 50", "snapshot.created full"],
    "container.export": ["task.created queued 0", "task.updated running 50", "export.ready"],
}
RESULTS = {"succeeded": {"exit_code": 0}, "failed": {"error": "The task was asked to fail"}, "cancelled": {}}


def outline(event) -> str:
    """An event in a line: its type, and what its payload says of status and progress."""
    payload = event["payload"]
    facts = payload.get("task") or payload.get("snapshot") or payload
    words = [facts.get(name) for name in ("status", "progress", "level")]
    kind = [facts["type"]] if "snapshot" in payload else []
    return " ".join([event["type"], *(str(word) for word in words if word is not None), *kind])


@pytest.mark.parametrize("type", FLOWS)
@pytest.mark.parametrize("outcome", RESULTS)
async def test_publishes_the_events_of_a_task_in_order(client, type, outcome):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        task = await create_task(client, type, outcome=outcome)
        *events, completed = await until(socket, "task.completed")
    assert task == {"id": task["id"], "type": type, "status": "queued", "progress": 0}
    assert events[0]["payload"]["task"] == task
    expected = FLOWS[type]
    if outcome != "succeeded":
        stopped = next(at for at, line in enumerate(expected) if line.startswith("task.updated"))
        expected = expected[: stopped + 1]
    assert [outline(event) for event in events] == expected
    assert completed["payload"] == {
        "task_id": task["id"],
        "status": outcome,
        "result": RESULTS[outcome],
        "schema_version": 1,
    }


async def test_every_event_has_the_envelope(client):
    container_id = str(uuid.uuid4())
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        events = []
        for type in FLOWS:
            task = await create_task(client, type, container_id=container_id)
            flow = await until(socket, "task.completed")
            assert all(event["context"] == {"task_id": task["id"], "container_id": container_id} for event in flow)
            assert all(event["payload"].get("container_id", container_id) == container_id for event in flow)
            events += flow
    assert len({event["id"] for event in events}) == len(events)
    for event in events:
        assert event.keys() == {"id", "type", "timestamp", "payload", "context"}
        assert uuid.UUID(event["id"]).version == 4
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["timestamp"])
        assert event["payload"]["schema_version"] == 1


async def test_metrics_are_published_for_one_container(start):
    client = await start(metrics_ms=5)
    async with client.ws_connect("/ws", params={"topics": "container.metrics"}, headers=BEARER) as socket:
        payloads = [(await socket.receive_json(timeout=5))["payload"] for _ in range(3)]
    assert len({payload["container_id"] for payload in payloads}) == 1
    for payload in payloads:
        assert uuid.UUID(payload["container_id"])
        assert payload["cpu_percent"] >= 0
        assert isinstance(payload["memory_bytes"], int) and payload["memory_bytes"] > 0
        assert isinstance(payload["disk_bytes"], int) and payload["disk_bytes"] >= 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 10_000,
        b"[]",
        b"{}",
        b'{"type":"app.remove"}',
        b'{"type":["app.install"]}',
        b'{"type":"app.install","outcome":"maybe"}',
        b'{"type":"app.install","outcome":null}',
        b'{"type":"app.install","container_id":"7"}',
        b'{"type":"app.install","container_id":null}',
        b'{"type":"app.install","outcom":"failed"}',
    ],
)
async def test_refuses_a_bad_body(client, body):
    async with client.post("/api/tasks", data=body, headers=BEARER) as response:
        assert response.status == 400
        assert (await response.json())["error"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [("POST", "/api/tasks", b" " * 20_000, 413), ("GET", "/api/tasks", None, 405), ("GET", "/nothing", None, 404)],
)
async def test_answers_other_mistakes_in_json(client, method, path, body, status):
    async with client.request(method, path, data=body, headers=BEARER) as response:
        assert response.status == status
        assert (await response.json())["error"]
