"""The event log: going on where a client left off although the server was another process then."""

import json

import pytest

from conftest import BEARER, create_task, names, publish, stream_events
from orbit_server.app import create_app
from orbit_server.settings import Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "events.jsonl"


def listen(client, last_event_id: str | None = None):
    headers = BEARER | ({"Last-Event-ID": last_event_id} if last_event_id is not None else {})
    return client.get("/events/stream", headers=headers)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_a_client_goes_on_over_a_restart_without_gap_or_double(start, path):
    first = await start(event_log=path)
    async with listen(first) as response:
        published = publish(first, 5)
        received = await stream_events(response, 2)
    await first.close()

    second = await start(event_log=path)
    published += publish(second, 3)
    async with listen(second, received[-1]["id"]) as response:
        published += publish(second, 2)
        received += await stream_events(response, 8)
    assert names(received) == published
    assert lines(path) == received


async def test_a_task_that_a_restart_cut_off_is_completed_once(start, path):
    first = await start(event_log=path, step_ms=3_600_000)
    task = await create_task(first, "app.install")
    async with listen(first) as response:
        [probe] = publish(first, 1, "probe")
        assert names(await stream_events(response, 1)) == [probe]
    await first.close()

    for _ in range(2):
        client = await start(event_log=path)
        await client.close()
    created, _, completed = lines(path)
    assert created["type"] == "task.created"
    assert completed["type"] == "task.completed"
    assert completed["payload"] == {
        "task_id": task["id"],
        "status": "failed",
        "result": {"error": "The agent was restarted"},
        "schema_version": 1,
    }


async def test_the_log_is_bounded(start, path):
    client = await start(event_log=path, history=5)
    publish(client, 1500)
    assert len(lines(path)) <= 1005
    await client.close()
    client = await start(event_log=path, history=5)
    assert len(lines(path)) == 5


async def test_a_line_that_was_not_written_whole_is_dropped(start, path):
    client = await start(event_log=path)
    publish(client, 3)
    await client.close()
    whole = path.read_text()
    path.write_text(whole + '{"id":"')
    await start(event_log=path)
    assert path.read_text() == whole


def test_a_log_that_holds_something_else_is_an_error_that_names_it(path):
    path.write_text("{}\n")
    with pytest.raises(OSError, match=r"events\.jsonl: line 1 is no event"):
        create_app(Settings(token="secret", event_log=path))
