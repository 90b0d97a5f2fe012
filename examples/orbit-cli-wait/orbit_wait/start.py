"""The HTTP request that starts a task."""

import json
import ssl
import urllib.error
import urllib.request

TIMEOUT_S = 10


class NotStarted(Exception):
    """The server did not start the task; one line for the user."""


def start_task(url: str, token: str, type: str, tls: ssl.SSLContext | None) -> str:
    """Asks the server to start a task, and gives its id. Raises `NotStarted`."""
    request = urllib.request.Request(
        f"{url.rstrip('/')}/api/tasks",
        data=json.dumps({"type": type}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S, context=tls) as response:
            return json.load(response)["task"]["id"]
    except urllib.error.HTTPError as error:
        with error:
            raise NotStarted(f"the server answered {error.code}: {_reason(error)}") from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise NotStarted(f"the task was not started: {error}") from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (OSError, ValueError, LookupError, TypeError):
        return error.reason
