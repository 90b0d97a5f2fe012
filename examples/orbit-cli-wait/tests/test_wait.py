"""Waiting for tasks of each server."""

import signal

import pytest


@pytest.mark.parametrize(("outcome", "code"), [("succeeded", 0), ("failed", 1), ("cancelled", 3)])
def test_the_exit_code_is_the_status_of_the_task(start_server, run, outcome, code):
    server = start_server()
    server.until_published(1)
    task = server.create(type="app.install", outcome=outcome)
    # The task may be over before the command listens.
    before = server.events()[0]["id"]
    assert run(f"{task} --after {before}", url=server.url).end()[:2] == (code, outcome)


def test_a_task_that_it_starts_is_told_from_its_first_update_on(start_server, run):
    server = start_server(STEP_MS="0")
    server.create(type="app.install", outcome="failed")
    code, out, [waiting, *told] = run("--start app.install", url=server.url).end()
    assert (code, out) == (0, "succeeded")
    assert waiting.startswith("waiting for task ")
    assert told == [
        "running, 0 %, Preparing the installation",
        "running, 33 %, Downloading installer...",
        "running, 66 %, Copying files...",
        "running, 100 %, Registering the app...",
    ]


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_of_the_server_is_waited_out(start_server, run, signum):
    server = start_server(STEP_MS="500")
    command = run("--start app.install", url=server.url)
    command.until("33 %")
    server.stop(signum)
    command.until("trying again")
    server.start()
    # The next process ends what the last one left under way, before the command is back.
    code, out, told = command.end()
    assert (code, out) == (1, "failed")
    assert not [line for line in told if "33 %" in line or "0 %, Preparing" in line]


def test_a_restart_before_the_first_event_of_the_task_is_waited_out(start_server, run):
    server = start_server(STEP_MS="60000")
    task = server.create(type="app.install")
    command = run(task, url=server.url)
    command.until("waiting for task")
    server.until_published(len(server.events()) + 5)
    server.stop()
    server.start()
    assert command.end()[:2] == (1, "failed")


def test_the_time_is_up(start_server, run):
    server = start_server(STEP_MS="60000")
    code, out, told = run("--start app.install --timeout 0.5", url=server.url).end()
    assert (code, out) == (4, "")
    assert told[-1] == "orbit-wait: the task did not end within 0.5 s"


def test_quiet_prints_nothing(start_server, run):
    server = start_server()
    assert run("--start container.start --quiet", url=server.url).end() == (0, "", [])


def test_a_token_that_is_refused_is_told(start_server, run):
    server = start_server()
    code, out, told = run("--start app.install", url=server.url, token="nope").end()
    assert (code, out, told) == (5, "", [f"orbit-wait: {server.url} refuses the token in ORBIT_TOKEN"])


def test_a_task_that_the_server_does_not_start_is_told(start_server, run):
    server = start_server()
    code, out, told = run("--start app.fly", url=server.url).end()
    assert (code, out) == (5, "")
    assert told[-1].startswith("orbit-wait: the server answered 400: ")


def test_tls_with_a_certificate_that_is_trusted(start_server, run, tmp_path):
    certificate = tmp_path / "certificate.pem"
    server = start_server(TLS="self-signed", TLS_CERT_OUT=str(certificate))
    assert run(f"--start container.start --ca {certificate}", url=server.url).end()[:2] == (0, "succeeded")


def test_an_interruption_is_no_crash(start_server, run):
    server = start_server(STEP_MS="60000")
    command = run("--start app.install", url=server.url)
    command.until("waiting for task")
    command.process.send_signal(signal.SIGINT)
    assert command.end() == (130, "", [])
