"""Packages that are generated for a test, and servers in processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

REPO = Path(__file__).parents[3]
HANDFAST = os.environ.get("HANDFAST", str(REPO / "target/debug/handfast"))
BINDINGS = Path(__file__).parents[1]
SECRET = "a secret of the tests, long enough for HS256"
TOKEN = "a token / with + signs that ~ base64url must carry?"

for name in ("orbit", "builder"):
    sys.path.insert(0, str(BINDINGS / name))


def handfast(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command."""
    return subprocess.run([HANDFAST, *arguments], input=input, capture_output=True, text=True, timeout=60, cwd=REPO)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., ModuleType]:
    """Generates and imports the package of a schema, or of a document."""
    folder = tmp_path_factory.mktemp("generated")
    sys.path.insert(0, str(folder))

    def generate(name: str, schema: Any, *options: str) -> ModuleType:
        source = schema
        if not isinstance(schema, Path):
            source = folder / f"{name}.json"
            source.write_text(json.dumps(schema))
        done = handfast("generate", "python", str(source), "--out", str(folder), "--name", name, *options)
        assert done.returncode == 0, done.stderr
        importlib.invalidate_caches()
        return importlib.import_module(name)

    return generate


@pytest.fixture(scope="session")
def hostile(generated: Callable[..., ModuleType]) -> ModuleType:
    """The package of the document in which names and texts want out of their place."""
    return generated("hostile", Path(__file__).parent / "hostile.asyncapi.yaml")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Server:
    """A server in a process of its own, on a port that it keeps over restarts."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.port = free_port()
        self._command = command
        self._environment = {**os.environ, **environment, "PORT": str(self.port), "HOST": "127.0.0.1"}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it; it listens when this returns."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command, cwd=REPO, env=self._environment, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            while line := await self._process.stdout.readline():
                if b"listening" in line:
                    return
        raise AssertionError("the server has ended")

    async def stop(self) -> None:
        """Ends it."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()


ORBITS = {
    "rust": [os.environ.get("ORBIT_SERVER", str(REPO / "target/debug/orbit-server"))],
    "python": [os.environ.get("ORBIT_PYTHON", sys.executable), "-m", "orbit_server"],
}


@pytest.fixture(params=ORBITS)
async def orbit_server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """Each orbit server in turn."""
    environment = {
        "ORBIT_TOKEN": TOKEN,
        "STEP_MS": "5",
        "METRICS_MS": "50",
        "PYTHONPATH": str(REPO / "examples/orbit-server-python"),
    }
    server = Server(ORBITS[request.param], environment)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def builder_server() -> AsyncIterator[Server]:
    """The builder's server of Node."""
    script = os.environ.get("BUILDER_SERVER", "examples/builder-server/server.js")
    server = Server(["node", script], {"JWT_SECRET": SECRET, "STEP_MS": "5", "HEARTBEAT_MS": "50"})
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def listening() -> Iterator[Callable[..., Any]]:
    """Listens with a function of the test's own: it gets what a connection says and may answer as it likes."""
    servers: list[asyncio.Server] = []

    async def listen(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> int:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    yield listen
    for server in servers:
        server.close()
