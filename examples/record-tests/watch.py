"""A client of the orbit protocol on the package `websockets`: starts tasks and watches them to their ends."""

import base64
import json
import os
import sys
import urllib.request

from websockets.sync.client import connect

url, token = sys.argv[1], os.environ["ORBIT_TOKEN"]
bearer = base64.urlsafe_b64encode(token.encode()).decode().rstrip("=")
events_url = url.replace("http", "ws", 1) + "/ws?topics=task.*"


def start(kind: str) -> str:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"type": kind}).encode()
    request = urllib.request.Request(f"{url}/api/tasks", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["task"]["id"]


with connect(events_url, subprotocols=["orbit.v1", f"bearer.{bearer}"]) as socket:
    assert socket.subprotocol == "orbit.v1"
    socket.send(json.dumps({"type": "ping"}))
    assert json.loads(socket.recv(timeout=30))["type"] == "pong"
    running = {start("app.install"), start("snapshot.create")}
    while running:
        event = json.loads(socket.recv(timeout=30))
        if event["type"] == "task.completed":
            running.remove(event["payload"]["task_id"])
