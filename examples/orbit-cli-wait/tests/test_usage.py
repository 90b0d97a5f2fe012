"""Wrong usage, which needs no server."""

import pytest

TASK = "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "one of the arguments task --start is required"),
        (f"{TASK} --start app.install", "not allowed with argument"),
        ("nope", "`nope` is not the id of a task, a UUID"),
        (f"{TASK} --timeout soon", "`soon` is not a number of seconds"),
        (f"{TASK} --timeout 0", "`0` is not a number of seconds"),
        (f"{TASK} --url ftp://x", "begins with none of"),
        (f"{TASK} --ca /nowhere.pem", "No such file"),
    ],
)
def test_wrong_usage_is_told(run, arguments, message):
    code, out, told = run(arguments).end()
    assert (code, out) == (2, "")
    assert message in told[-1]


def test_a_token_is_needed(run):
    code, _, told = run(TASK, token="").end()
    assert (code, told[-1]) == (2, "orbit-wait: error: ORBIT_TOKEN is not set")


def test_a_server_that_is_not_there_is_told(run):
    code, out, told = run(f"{TASK} --url http://127.0.0.1:1 --connect-timeout 0.5").end()
    assert (code, out) == (5, "")
    assert told[-1].startswith("orbit-wait: no connection to http://127.0.0.1:1: ")
