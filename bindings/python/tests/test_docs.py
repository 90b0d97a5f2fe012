"""The examples of docs/python.md run."""

from __future__ import annotations

import asyncio
import os
import re
import sys

import pytest
from conftest import BINDINGS, REPO, TOKEN, Server
from test_client import create_task
from test_socket_io import token

MODELS, HANDLERS, EVENTS, SOCKET_IO = re.findall(
    r"^```python\n(.*?)^```", (REPO / "docs/python.md").read_text(), re.DOTALL | re.MULTILINE
)


async def run(example: str, **environment: str) -> str:
    """Runs an example in a process of its own."""
    paths = os.pathsep.join(str(BINDINGS / name) for name in ("orbit", "builder"))
    environment = {**os.environ, "PYTHONPATH": paths, **environment}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-c", example, env=environment, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    return output.decode()


async def test_models() -> None:
    assert "maximum /progress" in await run(MODELS)


@pytest.mark.parametrize("example", [HANDLERS, EVENTS], ids=["handlers", "events"])
async def test_clients(example: str, orbit_server: Server) -> None:
    here = f"://127.0.0.1:{orbit_server.port}"
    example = example.replace("wss://localhost:7443", f"ws{here}").replace("https://localhost:7443", f"http{here}")
    running = asyncio.create_task(run(example, ORBIT_TOKEN=TOKEN))
    while not running.done():
        await asyncio.to_thread(create_task, orbit_server)
        await asyncio.sleep(0.1)
    assert await running


async def test_socket_io(builder_server: Server) -> None:
    example = SOCKET_IO.replace("localhost:3001", f"127.0.0.1:{builder_server.port}")
    assert await run(example, BUILDER_TOKEN=token()) == "p1\n"
