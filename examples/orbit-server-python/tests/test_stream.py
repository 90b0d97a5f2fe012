"""The SSE stream: its form, the filter, the heartbeat, and going on where a client left off."""

import asyncio

import pytest

from conftest import BEARER, blocks, create_task, names, publish, stream_events


def listen(client, last_event_id: str | None = None, **params: str):
    headers = BEARER | ({"Last-Event-ID": last_event_id} if last_event_id is not None else {})
    return client.get("/events/stream", params=params, headers=headers)


async def test_says_when_to_retry_before_anything_else(client):
    async with listen(client) as response:
        publish(client, 1)
        first = await anext(blocks(response))
        assert first == {"retry": "1000"}


async def test_carries_the_same_events_as_the_websocket(client):
    async with listen(client) as response, client.ws_connect("/ws", headers=BEARER) as socket:
        await create_task(client, "app.install")
        events = [await socket.receive_json(timeout=5) for _ in range(9)]
        assert await stream_events(response, 9) == events


async def test_filters_by_topics(client):
    async with listen(client, topics="container.*") as response:
        publish(client, 3)
        published = publish(client, 2, "container.status")
        assert names(await stream_events(response, 2)) == published


async def test_comments_keep_a_silent_stream_alive(start):
    client = await start(sse_heartbeat_s=0.02)
    async with listen(client) as response:
        stream = blocks(response)
        assert [await anext(stream) for _ in range(3)] == [{"retry": "1000"}, {"": "heartbeat"}, {"": "heartbeat"}]
        [published] = publish(client, 1)
        events = [block async for block in take_until_data(stream)]
        assert published in events[-1]["data"]


async def take_until_data(stream):
    async for block in stream:
        yield block
        if "data" in block:
            return


async def test_goes_on_after_the_last_event_without_gap_or_double(client):
    async with listen(client) as response:
        published = publish(client, 10)
        received = await stream_events(response, 4)
    publish(client, 1, "container.status")
    published += publish(client, 3)
    async with listen(client, received[-1]["id"], topics="task.*") as response:
        published += publish(client, 3)
        received += await stream_events(response, 12)
    assert names(received) == published


async def test_goes_on_while_events_are_published(client):
    """Reconnects again and again under way: every event comes once, in order."""
    published: list[str] = []

    async def keep_publishing():
        for _ in range(300):
            published.extend(publish(client, 1))
            await asyncio.sleep(0.001)

    publisher = asyncio.create_task(keep_publishing())
    received = []
    async with listen(client) as response:
        received += await stream_events(response, 1)
    while len(received) < 250:
        async with listen(client, received[-1]["id"]) as response:
            received += await stream_events(response, 7)
    await publisher
    start = published.index(names(received)[0])
    assert names(received) == published[start : start + len(received)]


@pytest.mark.parametrize("last_event_id", ["5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30", "no id at all"])
async def test_replays_nothing_after_an_unknown_event(client, last_event_id):
    publish(client, 3)
    async with listen(client, last_event_id) as response:
        stream = blocks(response)
        assert await anext(stream) == {"retry": "1000"}
        assert "not known" in (await anext(stream))[""]
        published = publish(client, 1)
        assert names(await stream_events(response, 1)) == published


async def test_history_is_bounded(start):
    client = await start(history=5)
    async with listen(client) as response:
        published = publish(client, 6)
        ids = [event["id"] for event in await stream_events(response, 6)]
    async with listen(client, ids[0]) as response:
        stream = blocks(response)
        await anext(stream)
        assert "not known" in (await anext(stream))[""]
    async with listen(client, ids[1]) as response:
        assert names(await stream_events(response, 4)) == published[2:]


async def test_replay_may_be_longer_than_the_queue(start):
    client = await start(queue=8)
    async with listen(client) as response:
        publish(client, 1)
        [first] = await stream_events(response, 1)
    published = publish(client, 500)
    async with listen(client, first["id"]) as response:
        assert names(await stream_events(response, 500)) == published


async def test_ends_the_stream_of_a_client_whose_queue_is_full(start):
    client = await start(queue=8)
    async with listen(client) as response:
        await anext(blocks(response))
        published = publish(client, 20)
        # As many as there was room for; the rest is for the client to resume over.
        received = await stream_events(response, 1000)
        assert names(received) == published[:8]
    async with listen(client, received[-1]["id"]) as response:
        assert names(await stream_events(response, 12)) == published[8:]
