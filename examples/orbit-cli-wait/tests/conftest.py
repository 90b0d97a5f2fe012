"""The servers and the command, each in a process of its own."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = [Path(__file__).parents[1], ROOT / "bindings/python/orbit"]
TOKEN = "a token / with + signs that ~ base64url must carry?"
TIMEOUT_S = 30

COMMANDS = {
    "orbit-server": ["target/debug/orbit-server"],
    "orbit-server-python": ["python3", "-m", "orbit_server"],
} | json.loads(os.environ.get("SERVERS") or "{}")
"""How each server is started; `SERVERS` may say it otherwise, as JSON."""


@dataclass
class Server:
    """A server that can be ended and started again where it was."""

    name: str
    env: dict[str, str]
    url: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        port = self.url.rpartition(":")[2] or "0"
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "examples/orbit-server-python"), **self.env, "PORT": port}
        command = COMMANDS[self.name]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("listening on "):
                self.url = line.removeprefix("listening on ").strip()
                return
        raise AssertionError("the server ended before it listened")

    def stop(self, signum: int = signal.SIGKILL) -> None:
        self.process.send_signal(signum)
        self.process.wait(TIMEOUT_S)
        self.process.stdout.close()

    def create(self, **body: str) -> str:
        """Starts a task and gives its id."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        request = urllib.request.Request(f"{self.url}/api/tasks", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            return json.load(response)["task"]["id"]

    def events(self) -> list[dict]:
        """All events so far, of its log."""
        return [json.loads(line) for line in Path(self.env["EVENT_LOG"]).read_text().splitlines()]

    def until_published(self, n_events: int) -> None:
        """Waits until its log holds so many events."""
        deadline = time.monotonic() + TIMEOUT_S
        while len(self.events()) < n_events:
            assert time.monotonic() < deadline, "the server publishes nothing"
            time.sleep(0.01)


@pytest.fixture(params=["orbit-server", "orbit-server-python"])
def start_server(request, tmp_path) -> Iterator:
    """Starts a server with settings of the test's own."""
    started: list[Server] = []

    def start(**env: str) -> Server:
        defaults = {"ORBIT_TOKEN": TOKEN, "STEP_MS": "20", "METRICS_MS": "20", "EVENT_LOG": str(tmp_path / "events.jsonl")}
        server = Server(request.param, defaults | env)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()


class Command:
    """The command under way."""

    def __init__(self, arguments: str, *, url: str = "", token: str = TOKEN) -> None:
        env = {"PATH": os.environ["PATH"], "ORBIT_TOKEN": token, "ORBIT_URL": url}
        env["PYTHONPATH"] = os.pathsep.join(map(str, PACKAGES))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "orbit_wait", *shlex.split(arguments)],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until(self, text: str) -> str:
        """Reads what it tells up to a line that holds a text, and gives that."""
        for line in self.process.stderr:
            if text in line:
                return line.strip()
        raise AssertionError(f"it ended without `{text}`")

    def end(self) -> tuple[int, str, list[str]]:
        """Waits for its end: the exit code, what it printed, and what else it told."""
        out, told = self.process.communicate(timeout=TIMEOUT_S)
        return self.process.returncode, out.strip(), told.splitlines()


@pytest.fixture
def run() -> Iterator:
    """Runs the command."""
    running: list[Command] = []

    def run(arguments: str, **options: str) -> Command:
        running.append(Command(arguments, **options))
        return running[-1]

    yield run
    for command in running:
        if command.process.poll() is None:
            command.process.kill()
            command.process.communicate()
