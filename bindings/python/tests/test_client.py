"""The client of WebSocket and SSE against real servers of two languages."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from typing import Any

import orbit
import pytest
from conftest import TOKEN, Server
from orbit._handfast.connection import Target
from orbit._handfast.protocol import Auth
from orbit.client import Backoff, ClientError, OrbitClient

QUICK = Backoff(initial=0.02, maximum=0.1)


def create_task(server: Server, type: str = "app.install") -> str:
    """Asks for a task; gives its id."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/tasks",
        json.dumps({"type": type}).encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        task_id: str = json.loads(response.read())["task"]["id"]
        return task_id


async def new_task(server: Server) -> str:
    return await asyncio.to_thread(create_task, server)


def client(server: Server, transport: str = "ws", **options: Any) -> OrbitClient:
    options = {"token": TOKEN, "backoff": QUICK, **options}
    return OrbitClient(f"{transport}://127.0.0.1:{server.port}", **options)


@pytest.mark.parametrize("transport", ["ws", "http"])
async def test_handlers_see_a_task_from_begin_to_end(orbit_server: Server, transport: str) -> None:
    seen: list[str] = []
    errors: list[ClientError] = []
    over = asyncio.Event()
    one = client(orbit_server, transport, topics=["task.*"])

    @one.on("task.created")
    def created(event: orbit.TaskCreated) -> None:
        seen.append(event.payload.task.id)

    @one.on("task.completed")
    async def completed(event: orbit.TaskCompleted) -> None:
        await asyncio.sleep(0)
        seen.append(event.payload.task_id)
        over.set()

    @one.on("container.*")
    def container(event: orbit.ContainerStatus | orbit.ContainerMetrics) -> None:
        raise AssertionError("the filter lets tasks through only")

    one.on_error(errors.append)
    async with one:
        task = await new_task(orbit_server)
        await asyncio.wait_for(over.wait(), 10)
    assert seen == [task, task]
    assert not errors


@pytest.mark.parametrize("transport", ["ws", "http"])
async def test_events_and_next(orbit_server: Server, transport: str) -> None:
    async with client(orbit_server, transport) as one:
        events = one.events("task.*")
        completed = asyncio.create_task(one.next("task.completed", timeout=10))
        await asyncio.sleep(0)
        task = await new_task(orbit_server)
        kinds = []
        async for event in events:
            kinds.append(event.type)
            if isinstance(event, orbit.TaskCompleted):
                break
        assert kinds[0] == "task.created" and kinds[-1] == "task.completed"
        assert (await completed).payload.task_id == task
        metrics = await one.next("container.metrics", where=lambda it: it.payload.cpu_percent >= 0, timeout=10)
        assert metrics.type == "container.metrics"
        with pytest.raises(TimeoutError):
            await one.next("snapshot.created", timeout=0.05)


async def test_a_ping_is_answered(orbit_server: Server) -> None:
    async with client(orbit_server, ping_every=0.05) as one:
        pongs = one.events("pong")
        ping = orbit.Ping(id=orbit.Uuid.random(), timestamp=orbit.DateTime.now())
        await one.send(ping)
        for _ in range(3):
            assert (await asyncio.wait_for(anext(pongs), 10)).type == "pong"


@pytest.mark.parametrize("transport", ["ws", "http"])
async def test_a_bad_token_is_refused_once(orbit_server: Server, transport: str) -> None:
    errors: list[ClientError] = []
    one = client(orbit_server, transport, token="wrong")
    one.on_error(errors.append)
    events = one.events("task.*")
    with pytest.raises(ClientError) as refusal:
        await asyncio.wait_for(one.run(), 10)
    assert (refusal.value.kind, refusal.value.status) == ("refused", 401)
    assert [error.kind for error in errors] == ["refused"]
    with pytest.raises(ClientError, match="refused"):
        await anext(events)
    with pytest.raises(ClientError, match="refused"):
        async with client(orbit_server, transport, token="wrong"):
            raise AssertionError("no connection stands")


@pytest.mark.parametrize("transport", ["ws", "http"])
async def test_it_connects_again_after_a_restart(orbit_server: Server, transport: str) -> None:
    connections = asyncio.Queue[None]()
    one = client(orbit_server, transport)
    one.on_connect(lambda: connections.put_nowait(None))
    async with one:
        await asyncio.wait_for(connections.get(), 10)
        await orbit_server.stop()
        await orbit_server.start()
        await asyncio.wait_for(connections.get(), 20)
        completed = asyncio.create_task(one.next("task.completed", timeout=10))
        await asyncio.sleep(0)
        task = await new_task(orbit_server)
        assert (await completed).payload.task_id == task


class Proxy:
    """Stands before a server, and cuts its connections when it is told to."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._writers: set[asyncio.StreamWriter] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, back}
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer), return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(4096):
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.close()

    def cut(self) -> None:
        writers, self._writers = self._writers, set()
        for writer in writers:
            writer.transport.abort()


async def test_a_stream_goes_on_without_loss_or_double(orbit_server: Server, listening: Any) -> None:
    proxy = Proxy(orbit_server.port)
    port = await listening(proxy.answer)
    one = OrbitClient(f"http://127.0.0.1:{port}", token=TOKEN, backoff=QUICK, topics=["task.*"])
    direct = client(orbit_server, "http", topics=["task.*"])
    seen: dict[str, list[str]] = {"cut": [], "direct": []}
    one.on("task.*")(lambda event: seen["cut"].append(event.id))
    direct.on("task.*")(lambda event: seen["direct"].append(event.id))
    async with one, direct:
        for is_cut in (False, True, True, True, True):
            completed = asyncio.create_task(one.next("task.completed", timeout=10))
            await asyncio.sleep(0)
            await new_task(orbit_server)
            # Before the first event there is no id to go on from.
            if is_cut:
                proxy.cut()
            await completed
        async with asyncio.timeout(10):
            while len(seen["cut"]) < len(seen["direct"]):
                await asyncio.sleep(0.01)
    assert seen["cut"] == seen["direct"]
    assert len(set(seen["cut"])) == len(seen["cut"])


async def test_what_a_handler_raises_is_told_and_the_client_goes_on(orbit_server: Server) -> None:
    errors: list[ClientError] = []
    one = client(orbit_server)
    one.on_error(errors.append)

    @one.on("task.created")
    def created(event: orbit.TaskCreated) -> None:
        raise RuntimeError("no")

    async with one:
        completed = asyncio.create_task(one.next("task.completed", timeout=10))
        await asyncio.sleep(0)
        await new_task(orbit_server)
        await completed
    assert [error.kind for error in errors] == ["handler"]
    assert isinstance(errors[0].__cause__, RuntimeError)


async def test_a_handler_may_wait_for_other_events_and_close(orbit_server: Server) -> None:
    one = client(orbit_server)

    @one.on("task.created")
    async def created(event: orbit.TaskCreated) -> None:
        await one.next("task.completed", where=lambda it: it.payload.task_id == event.payload.task.id, timeout=10)
        await one.close()

    run = asyncio.create_task(one.run())
    while not one.connected:
        await asyncio.sleep(0.01)
    await new_task(orbit_server)
    await asyncio.wait_for(run, 10)


async def test_run_can_be_cancelled(orbit_server: Server) -> None:
    one = client(orbit_server)
    run = asyncio.create_task(one.run())
    while not one.connected:
        await asyncio.sleep(0.01)
    events = one.events("task.*")
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert [event async for event in events] == []
    assert not one.connected


async def test_what_the_contract_does_not_allow_is_not_sent(orbit_server: Server) -> None:
    async with client(orbit_server) as one:
        with pytest.raises(orbit.Invalid):
            await one.send({"type": "ping", "id": 1})  # type: ignore[arg-type]


def test_a_token_travels_in_a_cookie() -> None:
    target = Target("ws://localhost/ws", auth=Auth("cookie", "sid"), token="t")
    assert target.headers() == {"Cookie": "sid=t"}
    assert (target.subprotocols(), target.full_url()) == (None, "ws://localhost/ws")
