"""The client of Socket.IO against the builder's server."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
import urllib.request
import uuid
from typing import Any

import builder
import pytest
from builder.socket_io import BuilderClient, ClientError
from conftest import SECRET, Server


def token() -> str:
    """A JSON Web Token of a user, signed by HS256."""

    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    claims = {"sub": str(uuid.uuid4()), "username": "demo", "exp": int(time.time()) + 3600}
    signed = f"{part(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode())}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest())}"


def start_build(server: Server, project: str, **options: Any) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/projects/{project}/builds",
        json.dumps(options).encode(),
        {"Authorization": f"Bearer {token()}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()


async def test_a_build_from_begin_to_end(builder_server: Server) -> None:
    project = str(uuid.uuid4())
    errors: list[ClientError] = []
    seen: list[str] = []
    joined, over = asyncio.Event(), asyncio.Event()
    one = BuilderClient(f"http://127.0.0.1:{builder_server.port}", token=token())
    one.on_error(errors.append)

    @one.on_connect
    async def join() -> None:
        await one.emit("join-project", builder.JoinProject(project_id=project))

    @one.on("project-joined")
    def ready(event: builder.ProjectJoined) -> None:
        joined.set()

    @one.on("build:progress")
    async def progress(event: builder.BuildProgress) -> None:
        assert 0 <= event.payload.overall_progress <= 100
        seen.append(event.type)

    @one.on("build:completed")
    def completed(event: builder.BuildCompleted) -> None:
        seen.append(event.type)
        over.set()

    async with one:
        await asyncio.wait_for(joined.wait(), 10)
        await asyncio.to_thread(start_build, builder_server, project)
        await asyncio.wait_for(over.wait(), 10)
    assert seen[0] == "build:progress" and seen[-1] == "build:completed"
    assert [error.kind for error in errors if error.kind != "closed"] == []


async def test_rooms_are_joined_again_after_a_restart(builder_server: Server) -> None:
    project = str(uuid.uuid4())
    joins: asyncio.Queue[str] = asyncio.Queue()
    one = BuilderClient(
        f"http://127.0.0.1:{builder_server.port}", token=token(), reconnection_delay=0.05, randomization_factor=0
    )

    @one.on_connect
    async def join() -> None:
        await one.emit("join-project", builder.JoinProject(project_id=project))

    one.on("project-joined")(lambda event: joins.put_nowait(event.project_id))
    async with one:
        assert await asyncio.wait_for(joins.get(), 10) == project
        await builder_server.stop()
        await builder_server.start()
        assert await asyncio.wait_for(joins.get(), 10) == project


async def test_heartbeats_are_answered(builder_server: Server) -> None:
    one = BuilderClient(f"http://127.0.0.1:{builder_server.port}", token=token())
    pings: asyncio.Queue[None] = asyncio.Queue()
    one.on("ping")(pings.put_nowait)
    async with one:
        # The server ends a connection that does not answer two and a half heartbeats.
        for _ in range(8):
            assert await asyncio.wait_for(pings.get(), 10) is None
        assert one.connected


async def test_a_bad_token_is_refused(builder_server: Server) -> None:
    one = BuilderClient(f"http://127.0.0.1:{builder_server.port}", token="wrong")
    with pytest.raises(ClientError) as refusal:
        await asyncio.wait_for(one.run(), 10)
    assert refusal.value.kind == "refused"
    assert refusal.value.message == "Authentication failed"


async def test_what_the_contract_does_not_allow_is_not_sent(builder_server: Server) -> None:
    async with BuilderClient(f"http://127.0.0.1:{builder_server.port}", token=token()) as one:
        with pytest.raises(builder.Invalid):
            await one.emit("join-project", {"projectId": 1})  # type: ignore[arg-type]
    with pytest.raises(ClientError, match="closed"):
        await one.emit("pong", None)


async def test_nobody_is_there() -> None:
    with pytest.raises(ClientError, match="unreachable"):
        await BuilderClient("http://127.0.0.1:9", token="t").connect()
