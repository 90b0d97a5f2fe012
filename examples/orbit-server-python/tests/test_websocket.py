"""The WebSocket: ping and pong, the filter, bad frames, slow clients, the end of the server."""

import asyncio

import pytest
from aiohttp import WSMsgType

from conftest import BEARER, names, publish, until

PING_ID = "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"


@pytest.mark.parametrize("frame", [{}, {"id": PING_ID, "timestamp": "2025-11-13T09:21:05Z"}, {"payload": {"n": 1}}])
async def test_answers_ping_with_pong(client, frame):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        await socket.send_json({"type": "ping", **frame})
        pong = await socket.receive_json(timeout=5)
        assert pong.keys() == {"id", "type", "timestamp", "payload"}
        assert (pong["type"], pong["payload"]) == ("pong", {})
        assert pong["id"] != PING_ID


async def test_pong_comes_after_everything_that_was_published_before(client):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        # So much that the server still has most of it to send when the question comes.
        published = publish(client, 100, line="x" * 200_000)
        await socket.send_json({"type": "ping"})
        *events, _ = await until(socket, "pong")
        assert names(events) == published


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [
        ("task.*", {"task.created", "task.updated"}),
        ("task.*,container.status", {"task.created", "task.updated", "container.status"}),
        (" container.* , *.log", {"container.status", "app.install.log"}),
        ("*", {"task.created", "task.updated", "container.status", "app.install.log"}),
        ("task", set()),
        ("", set()),
        ("task?created,[a-z]*", set()),
        ("*" * 3000 + "z", set()),
        ("*a*a*a*a*a*a*a*a*a*a*a*a", set()),
    ],
)
async def test_filters_by_topics(client, topics, wanted):
    async with client.ws_connect("/ws", params={"topics": topics}, headers=BEARER) as socket:
        for type in "task.created", "task.updated", "container.status", "app.install.log":
            publish(client, 1, type)
        await socket.send_json({"type": "ping"})
        *events, _ = await until(socket, "pong")
        assert {event["type"] for event in events} == wanted


@pytest.mark.parametrize(
    ("opcode", "frame", "code"),
    [
        (WSMsgType.TEXT, b"\xff\xfe", 1007),
        (WSMsgType.BINARY, b"\xff\xfe", 1007),
        (WSMsgType.TEXT, b"ping", 1007),
        (WSMsgType.TEXT, b"", 1007),
        (WSMsgType.TEXT, b'{"type":"ping"', 1007),
        (WSMsgType.TEXT, b'{"type":"ping","n":NaN}', 1007),
        (WSMsgType.TEXT, b"[" * 60_000, 1007),
        (WSMsgType.TEXT, b"[]", 1008),
        (WSMsgType.TEXT, b"{}", 1008),
        (WSMsgType.TEXT, b'{"type":"pong"}', 1008),
        (WSMsgType.TEXT, b'{"type":7}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","id":"1"}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","id":null}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","timestamp":0}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","timestamp":"now"}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","timestamp":"2025-02-29T09:21:05Z"}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","timestamp":"2025-11-13T24:21:05Z"}', 1008),
        (WSMsgType.TEXT, b'{"type":"ping","timestamp":"2025-11-13T09:21:60Z"}', 1008),
        (WSMsgType.TEXT, b'"' + b"x" * 70_000 + b'"', 1009),
    ],
)
async def test_closes_after_a_bad_frame(client, opcode, frame, code):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        await socket.send_frame(frame, opcode)
        closed = await socket.receive(timeout=5)
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, code)


async def test_takes_a_ping_in_a_binary_frame(client):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        await socket.send_bytes(b'{"type":"ping"}')
        assert (await socket.receive_json(timeout=5))["type"] == "pong"


async def test_drops_a_client_whose_queue_is_full(start):
    client = await start(queue=8)
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        # In one go, so that the server cannot send in between.
        published = publish(client, 20)
        received = [await socket.receive_json(timeout=5) for _ in range(8)]
        assert names(received) == published[:8]
        closed = await socket.receive(timeout=5)
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1013)


async def test_cuts_a_client_that_reads_nothing_at_all(start):
    client = await start(queue=8, close_grace_s=0.1)
    socket = await client.ws_connect("/ws", headers=BEARER)
    connection = socket._conn.transport
    connection.pause_reading()
    subscription = next(iter(client.hub._subscriptions))
    while subscription.close_code is None:
        client.hub.publish("app.install.log", {"line": "x" * 500_000})
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        while client.hub._subscriptions:
            await asyncio.sleep(0.01)
    assert subscription.close_code == 1013
    connection.abort()


async def test_one_slow_client_holds_up_no_other(start):
    client = await start(queue=8)
    async with (
        client.ws_connect("/ws", params={"topics": "task.*"}, headers=BEARER) as slow,
        client.ws_connect("/ws", params={"topics": "container.*"}, headers=BEARER) as other,
    ):
        publish(client, 20)
        [published] = publish(client, 1, "container.status")
        assert names([await other.receive_json(timeout=5)]) == [published]
        while (await slow.receive(timeout=5)).type is WSMsgType.TEXT:
            pass
        assert slow.close_code == 1013


async def test_says_that_the_server_goes_away(client):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        published = publish(client, 3)
        client.hub.close()
        assert names([await socket.receive_json(timeout=5) for _ in range(3)]) == published
        closed = await socket.receive(timeout=5)
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1001)
