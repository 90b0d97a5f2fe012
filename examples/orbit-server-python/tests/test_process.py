"""The server as its user starts it: settings, TLS, and SIGTERM."""

import asyncio
import base64
import json
import os
import ssl
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import websockets

ROOT = Path(__file__).parent.parent


@asynccontextmanager
async def spawn(**env: str):
    """Starts the server on a free port and gives the process, its URL and the lines before that."""
    settings = {"PATH": os.environ["PATH"], "PORT": "0", "STEP_MS": "1", **env}
    command = (sys.executable, "-m", "orbit_server")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=settings, stdout=asyncio.subprocess.PIPE)
    try:
        lines = []
        async with asyncio.timeout(20):
            while not (line := (await process.stdout.readline()).decode().strip()).startswith("listening on "):
                assert line, "the server ended before it listened"
                lines.append(line)
        yield process, line.removeprefix("listening on "), lines
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def terminate(process) -> int:
    process.terminate()
    return await asyncio.wait_for(process.wait(), 10)


async def test_prints_a_token_of_its_own():
    async with spawn() as (process, url, lines), aiohttp.ClientSession() as session:
        [line] = lines
        headers = {"Authorization": f"Bearer {line.removeprefix('token ')}"}
        async with session.post(f"{url}/api/tasks", json={"type": "app.install"}, headers=headers) as response:
            assert response.status == 202
        assert await terminate(process) == 0


async def test_stops_on_sigterm_with_clients_connected():
    async with spawn(ORBIT_TOKEN="secret") as (process, url, lines), aiohttp.ClientSession() as session:
        assert lines == []
        headers = {"Authorization": "Bearer secret"}
        async with (
            session.ws_connect(f"{url}/ws", headers=headers) as socket,
            session.get(f"{url}/events/stream", headers=headers) as stream,
        ):
            process.terminate()
            while (message := await socket.receive(timeout=5)).type is aiohttp.WSMsgType.TEXT:
                pass
            assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1001)
            await stream.read()
        assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_serves_tls_that_its_certificate_verifies(tmp_path):
    cert = tmp_path / "cert.pem"
    async with spawn(ORBIT_TOKEN="secret", TLS="self-signed", TLS_CERT_OUT=str(cert)) as (process, url, _):
        assert url.startswith("https://127.0.0.1:")
        trust = ssl.create_default_context(cafile=cert)
        bearer = "bearer." + base64.urlsafe_b64encode(b"secret").decode().rstrip("=")
        for host in "127.0.0.1", "localhost":
            address = f"wss://{host}:{url.rpartition(':')[2]}/ws"
            async with websockets.connect(
                address, ssl=trust, subprotocols=["orbit.v1", bearer], host="127.0.0.1", proxy=None
            ) as socket:
                assert socket.subprotocol == "orbit.v1"
                await socket.send('{"type":"ping"}')
                pong = json.loads(await asyncio.wait_for(socket.recv(), 5))
                assert pong["type"] == "pong"
        with pytest.raises(ssl.SSLCertVerificationError):
            await websockets.connect(address, ssl=ssl.create_default_context(), host="127.0.0.1", proxy=None)
        assert await terminate(process) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "high"), ("PORT", "65536"), ("STEP_MS", "-1"), ("METRICS_MS", "0"), ("HISTORY", "1e3"), ("TLS", "yes")],
)
async def test_refuses_a_setting_that_makes_no_sense(name, value):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "orbit_server"),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], name: value},
        stderr=asyncio.subprocess.PIPE,
    )
    _, message = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert message.decode().startswith(f"{name} is `{value}`, expected ")
