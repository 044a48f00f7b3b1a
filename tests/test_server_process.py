"""How a server starts and ends, and what it leaves behind: nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from serving import Running, running, until

FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def serve(*options: str) -> "subprocess.CompletedProcess[str]":
    """Return how a server ended that cannot start."""
    command = [sys.executable, "-m", "gdakg", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def is_there(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def test_it_says_where_it_listens_when_it_can_answer() -> None:
    with running() as server:
        assert server.url.startswith("http://127.0.0.1:")
        # The first request, with no time in between.
        assert server.query("ASK {}").status == 200
        assert server.stop() == 0
        assert [line for line in server.lines if "GET /sparql" not in line] == [
            f"serving at {server.url}/"
        ]


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve("--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"Error: cannot listen at 127.0.0.1:{port}: address already in use\n"


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_one_line(host: str) -> None:
    done = serve("--host", host)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"Error: cannot listen at {host}:8642: ")
    assert "Traceback" not in done.stderr


def test_a_graph_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> <c> .\n<a> <b> \n", encoding="utf-8")
    done = serve("--port", "0", "--data", str(broken))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {broken}:")
    assert len(done.stderr.splitlines()) == 1
    done = serve("--port", "0", "--store", str(tmp_path / "none"))
    assert done.stderr == f"Error: {tmp_path / 'none'}: there is no store; " \
                          "gdakg catalogue import makes one\n"  # fmt: skip


def test_more_than_loopback_is_warned_of() -> None:
    with running("--host", "0.0.0.0") as server:
        assert "no password" in server.lines[0]
        assert server.lines[0].startswith("0.0.0.0: ")
    with running() as server:
        assert "no password" not in server.log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_what_runs_end(number: signal.Signals) -> None:
    with running("--workers", "1", "--seconds", "3") as server, ThreadPoolExecutor() as pool:
        workers = server.children()
        runs = pool.submit(server.post, FOR_EVER)
        time.sleep(0.4)
        waits = pool.submit(server.post, "ASK { ?s ?p ?o }")
        assert until(lambda: server.ask("/health").json()["waiting"] == 1)
        server.process.send_signal(number)
        assert waits.result().status == 503
        assert waits.result().headers["retry-after"]
        assert until(lambda: refuses(server), 2)
        assert "longer than the limit of 3 seconds" in runs.result().json()["detail"]
        assert server.process.wait(20) == 0
        assert not any(map(is_there, workers))


def refuses(server: Running) -> bool:
    try:
        server.connect(1).close()
    except OSError:
        return True
    return False


def test_an_answer_under_way_goes_out_whole() -> None:
    with running() as server:
        with server.connect() as connection:
            text = b"SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"
            connection.sendall(b"GET /sparql?query=%s HTTP/1.1\r\nHost: a\r\n\r\n" % text)
            said = bytearray(connection.recv(1000))
            server.process.terminate()
            while part := connection.recv(1 << 16):
                said += part
                time.sleep(0.001)
        head, _, body = bytes(said).partition(b"\r\n\r\n")
        assert len(body) == int(head.lower().partition(b"content-length:")[2].split()[0])
        assert body.endswith(b"}]}}")
        assert server.process.wait(20) == 0


def test_a_second_signal_does_not_wait() -> None:
    with running("--workers", "1", "--seconds", "30") as server, ThreadPoolExecutor() as pool:
        workers = server.children()
        runs = pool.submit(server.post, FOR_EVER)
        time.sleep(0.4)
        server.process.terminate()
        time.sleep(0.4)
        assert server.process.poll() is None
        server.process.terminate()
        server.process.wait(10)
        assert until(lambda: not any(map(is_there, workers)))
        assert runs.exception() is not None or runs.result().status >= 500


@pytest.mark.parametrize("is_busy", [False, True])
def test_no_worker_outlives_a_server_that_is_killed(is_busy: bool) -> None:
    with running("--workers", "2", "--seconds", "30") as server, ThreadPoolExecutor() as pool:
        workers = server.children()
        assert len(workers) == 2
        if is_busy:
            for _ in range(2):
                pool.submit(server.post, FOR_EVER)
            assert until(lambda: server.ask("/health").json()["idle"] == 0)
            time.sleep(0.3)
        os.kill(server.process.pid, signal.SIGKILL)
        assert until(lambda: not any(map(is_there, workers)), 5)


def test_ctrl_c_does_not_reach_workers() -> None:
    with running("--workers", "1") as server:
        (worker,) = server.children()
        os.kill(worker, signal.SIGINT)
        time.sleep(0.2)
        assert server.children() == [worker]
        assert os.getpgid(worker) != os.getpgid(server.process.pid)


def test_workers_hold_nothing_but_their_socket() -> None:
    with running("--workers", "2") as server:
        for worker in server.children():
            links = {os.readlink(one) for one in Path(f"/proc/{worker}/fd").iterdir()}  # noqa: PTH115
            assert sum(link.startswith("socket:") for link in links) == 1
            status = Path(f"/proc/{worker}/limits").read_text(encoding="ascii")
            core = status.partition("Max core file size")[2].split()[0]
            space = status.partition("Max address space")[2].split()[0]
            assert core == "0"
            assert 2 * 1024**3 < int(space) < 6 * 1024**3


def test_a_store_that_is_replaced_is_opened_anew(tmp_path: Path) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    with running("--workers", "2", "--data", str(data)) as server:
        asked = "SELECT ?o { <urn:a> <urn:p> ?o }"
        first = server.query(asked, accept="text/csv")
        assert first.body == b"o\r\n1\r\n"
        data.write_text("<urn:a> <urn:p> 2 .", encoding="utf-8")
        os.kill(server.children()[0], signal.SIGKILL)
        assert until(lambda: server.query(asked, accept="text/csv").body == b"o\r\n2\r\n", 20)
        # No worker gives the old answer any more.
        assert until(lambda: server.ask("/health").json()["idle"] == 2, 20)
        rest = {server.query(f"{asked} # {n}", accept="text/csv").body for n in range(6)}
        assert rest == {b"o\r\n2\r\n"}
        again = server.query(asked, accept="text/csv")
        assert again.headers["etag"] != first.headers["etag"]


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    for name in ("uvicorn", "starlette"):
        (tmp_path / f"{name}.py").write_text(
            f"raise ModuleNotFoundError('No module named {name}', name='{name}')\n",
            encoding="utf-8",
        )
    command = [sys.executable, "-m", "gdakg", "serve"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr.endswith("is not installed: pip install 'gdakg[server]'\n")


def test_as_an_asgi_application_the_environment_sets_it_up() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "gdakg.server:application", "--port", str(port)]
    environment = os.environ | {"GDAKG_WORKERS": "1", "GDAKG_SECONDS": "7", "GDAKG_CORS": "*"}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        assert until(lambda: _status(port) == 200, 30)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        assert len(children.split()) == 1
    finally:
        process.terminate()
        process.wait(20)


def _status(port: int) -> int:
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sparql?query=ASK%7B%7D")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def test_an_unsound_environment_is_one_error() -> None:
    command = [sys.executable, "-m", "uvicorn", "gdakg.server:application", "--port", "0"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"GDAKG_SECONDS": "soon"},
    )
    assert done.returncode != 0
    assert "GDAKG_SECONDS takes a number above 0, not 'soon'" in done.stderr


def test_workers_have_no_network_where_the_system_lets_them_give_it_up() -> None:
    with running("--workers", "1") as server:
        (worker,) = server.children()
        theirs = os.readlink(f"/proc/{worker}/ns/net")  # noqa: PTH115
        if theirs == os.readlink("/proc/self/ns/net"):  # noqa: PTH115
            pytest.skip("this system lets no process give up its network")
        devices = Path(f"/proc/{worker}/net/dev").read_text(encoding="ascii").splitlines()[2:]
        assert [line.split(":")[0].strip() for line in devices] in ([], ["lo"])
        assert server.query("ASK { ?s ?p ?o }").json()["boolean"] is True
