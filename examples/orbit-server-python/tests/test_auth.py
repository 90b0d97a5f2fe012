"""Who may connect: the token in each of its places, and what is refused."""

import base64

import pytest
from aiohttp import WSServerHandshakeError

from conftest import BEARER, TOKEN


def offer(token: str) -> str:
    return "bearer." + base64.urlsafe_b64encode(token.encode()).decode().rstrip("=")


async def test_websocket_takes_the_token_as_a_subprotocol_and_accepts_the_other(client):
    async with client.ws_connect("/ws", protocols=["orbit.v1", offer(TOKEN)]) as socket:
        assert socket.protocol == "orbit.v1"


async def test_websocket_takes_the_token_as_a_header(client):
    async with client.ws_connect("/ws", headers=BEARER) as socket:
        assert socket.protocol is None
        await socket.send_json({"type": "ping"})
        assert (await socket.receive_json(timeout=5))["type"] == "pong"


async def test_stream_takes_the_token_as_a_header(client):
    async with client.get("/events/stream", headers={"Authorization": f"bearer {TOKEN}"}) as response:
        assert response.status == 200
        assert response.content_type == "text/event-stream"


@pytest.mark.parametrize(
    "protocols",
    [
        [],
        ["orbit.v1"],
        ["orbit.v1", offer("wrong")],
        ["orbit.v1", offer(TOKEN)[:-1]],
        ["orbit.v1", "bearer."],
        [offer(TOKEN)],
    ],
)
async def test_websocket_refuses(client, protocols):
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect("/ws", protocols=protocols)
    assert refused.value.status == 401


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ñ"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/ws"), ("GET", "/events/stream"), ("POST", "/api/tasks")])
async def test_refuses_without_the_token(client, method, path, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    async with client.request(method, path, headers=headers) as response:
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert (await response.json())["error"]
