"""The client against servers that say nothing, nonsense, or too much."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import orbit
import pytest
from orbit._handfast.protocol import Protocol
from orbit.client import Backoff, ClientError, OrbitClient
from websockets.asyncio.server import ServerConnection, serve

QUICK = Backoff(initial=0.02, maximum=0.05)
TIME = "2025-11-13T09:21:05+02:00"


def metrics(**more: Any) -> str:
    payload = {"container_id": str(uuid.uuid4()), "cpu_percent": 1.50, "memory_bytes": 1, "disk_bytes": 2}
    event = {"id": str(uuid.uuid4()), "type": "container.metrics", "timestamp": TIME, "payload": payload}
    return json.dumps({**event, **more})


async def sse(writer: asyncio.StreamWriter, body: str, status: str = "200 OK", type: str = "text/event-stream") -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nConnection: close\r\n\r\n{body}".encode())
    await writer.drain()
    writer.close()


async def errors_of(one: OrbitClient, n_errors: int) -> list[ClientError]:
    """The first errors of a client, which is then closed."""
    errors: list[ClientError] = []

    @one.on_error
    async def take(error: ClientError) -> None:
        errors.append(error)
        if len(errors) == n_errors:
            await one.close()

    await asyncio.wait_for(one.run(), 10)
    return errors[:n_errors]


async def test_nonsense_is_told_and_what_makes_sense_is_taken() -> None:
    frames = ["{", "[1]", "NaN", '{"a":1,"a":2}', metrics(id="no uuid"), "[" * 200, metrics(), b"\xff", metrics(type="new.v2")]

    async def talk(connection: ServerConnection) -> None:
        for frame in frames:
            await connection.send(frame)
        await connection.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        one = OrbitClient(f"ws://127.0.0.1:{port}", backoff=QUICK)
        errors: list[ClientError] = []
        one.on_error(errors.append)
        unknown: asyncio.Queue[orbit.UnknownEvent] = asyncio.Queue()
        one.on_unknown(unknown.put_nowait)
        events = one.events("*")
        async with one:
            assert (await asyncio.wait_for(unknown.get(), 10)).name == "new.v2"
            event = await anext(events)
    kinds = [error.kind for error in errors]
    assert kinds == ["parse", "invalid", "parse", "parse", "invalid", "parse", "parse"]
    assert [violation.code for violation in errors[4].violations] == ["format"]
    assert event.timestamp == TIME


async def test_what_comes_twice_is_taken_once() -> None:
    double = metrics()

    async def talk(connection: ServerConnection) -> None:
        for frame in (double, double, metrics(), double):
            await connection.send(frame)
        await connection.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        one = OrbitClient(f"ws://127.0.0.1:{port}", backoff=QUICK)
        seen: list[str] = []
        one.on("*")(lambda event: seen.append(event.id))
        async with one:
            while len(seen) < 2:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
    assert len(seen) == len(set(seen)) == 2


async def test_silence_ends_a_connection(listening: Any) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n")
        await reader.read()

    port = await listening(silent)
    errors = await errors_of(OrbitClient(f"http://127.0.0.1:{port}", backoff=QUICK, dead_after=0.1), 2)
    assert [error.kind for error in errors] == ["heartbeat", "heartbeat"]


async def test_a_ping_without_an_answer_ends_a_connection() -> None:
    async def deaf(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serve(deaf, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]

        class Impatient(OrbitClient):
            protocol = Protocol(**{**vars(OrbitClient.protocol), "heartbeat": _impatient()})

        errors = await errors_of(Impatient(f"ws://127.0.0.1:{port}", backoff=QUICK, ping_every=0.02), 1)
    assert [error.kind for error in errors] == ["heartbeat"]


def _impatient() -> Any:
    from dataclasses import replace

    heartbeat = OrbitClient.protocol.heartbeat
    assert heartbeat is not None
    return replace(heartbeat, within=0.05)


async def test_nobody_answers(listening: Any) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    port = await listening(silent)
    for transport in ("ws", "http"):
        one = OrbitClient(f"{transport}://127.0.0.1:{port}", backoff=QUICK, open_timeout=0.1)
        assert [error.kind for error in await errors_of(one, 2)] == ["unreachable", "unreachable"]
        with pytest.raises(ClientError, match="unreachable"):
            async with OrbitClient(f"{transport}://127.0.0.1:{port}", backoff=QUICK, open_timeout=0.1, connect_within=0.3):
                raise AssertionError("no connection stands")


@pytest.mark.parametrize(
    "status, type", [("500 No", "text/event-stream"), ("200 OK", "text/html"), ("404 No", "text/plain")]
)
async def test_what_is_no_stream_is_tried_again(listening: Any, status: str, type: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await sse(writer, "data: x\n\n", status, type)

    port = await listening(answer)
    errors = await errors_of(OrbitClient(f"http://127.0.0.1:{port}", backoff=QUICK), 2)
    assert [error.kind for error in errors] == ["unreachable", "unreachable"]


async def test_no_content_ends_the_client(listening: Any) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await sse(writer, "", "204 No Content")

    port = await listening(answer)
    await asyncio.wait_for(OrbitClient(f"http://127.0.0.1:{port}", backoff=QUICK).run(), 10)


async def test_the_last_id_and_the_wait_that_the_server_asks_for(listening: Any) -> None:
    heads: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        await sse(writer, f"retry: 1\nid: é{len(heads)}\ndata: {metrics()}\n\n")

    port = await listening(answer)
    one = OrbitClient(f"http://127.0.0.1:{port}/elsewhere?a=b", token="t", topics=["a.*", "b"], last_event_id="first")
    errors = await errors_of(one, 3)
    assert [error.kind for error in errors] == ["closed"] * 3
    assert "Last-Event-ID: first\r\n" in heads[0] and "Last-Event-ID: é1\r\n" in heads[1]
    assert heads[0].startswith("GET /elsewhere?a=b&topics=a.%2A%2Cb HTTP/1.1\r\n")
    assert "Authorization: Bearer t\r\n" in heads[0]
    assert one.last_event_id == "é3"


async def test_a_line_without_end_is_refused(listening: Any) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await sse(writer, "data: " + "a" * 10_000)

    port = await listening(answer)
    errors = await errors_of(OrbitClient(f"http://127.0.0.1:{port}", backoff=QUICK, max_size=1000), 1)
    assert [error.kind for error in errors] == ["invalid"]


async def test_who_takes_no_events_is_told_of_the_overflow() -> None:
    async def flood(connection: ServerConnection) -> None:
        for _ in range(20):
            await connection.send(metrics())
        await connection.wait_closed()

    async with serve(flood, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        one = OrbitClient(f"ws://127.0.0.1:{port}", backoff=QUICK, max_waiting=5)
        overflow = asyncio.Event()
        one.on_error(lambda error: overflow.set() if error.kind == "overflow" else None)
        events = one.events("*")
        async with one:
            await asyncio.wait_for(overflow.wait(), 10)
            taken = []
            with pytest.raises(ClientError, match="overflow"):
                async for event in events:
                    taken.append(event)
            assert len(taken) == 5


@pytest.mark.parametrize("url", ["localhost", "ftp://a", "//a"])
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="begins with none"):
        OrbitClient(url)


def test_the_wait_grows_to_its_maximum() -> None:
    backoff = Backoff()
    assert all(0 <= backoff.delay(n) <= min(30, 0.5 * 2**n) for n in range(80) for _ in range(20))
    assert max(backoff.delay(80) for _ in range(200)) > 15
