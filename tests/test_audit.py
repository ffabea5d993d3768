"""The look at known weaknesses finds one that is there, and takes no silence for a clean bill."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.audit import KNOWN, LOCK, NONE_KNOWN, NOT_LOOKED_UP, audit, pinned

VULN = {
    "id": "PYSEC-2099-1",
    "modified": "2026-01-01T00:00:00Z",
    "summary": "planted",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "jinja2"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}],
        }
    ],
}


@contextmanager
def advisories(*weak: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve what OSV would say; yield its address, and what was asked about."""
    asked: list[tuple[str, str]] = []

    class Osv(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if not self.path.startswith("/v1/"):
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers["content-length"]))
            queries = json.loads(body)["queries"]
            asked.extend((one["package"]["name"], one["version"]) for one in queries)
            known = {"vulns": [{"id": VULN["id"], "modified": VULN["modified"]}]}
            names = (one["package"]["name"] for one in queries)
            self._say({"results": [known if name in weak else {} for name in names]})

        def do_GET(self) -> None:
            self._say(VULN)

        def _say(self, value: object) -> None:
            content = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_each_locked_version_is_asked_about() -> None:
    """All of them, in their very versions; none is known to be weak."""
    lock = LOCK.read_text()
    with advisories() as (url, asked):
        done = audit(lock, "--service-url", url)
    assert done.returncode == NONE_KNOWN, done.stderr
    assert sorted(asked) == pinned(lock)
    assert len(asked) > 100


def test_a_weak_one_is_named() -> None:
    """With the version that mends it."""
    with advisories("jinja2") as (url, _):
        done = audit(LOCK.read_text(), "--service-url", url)
    assert done.returncode == KNOWN
    assert "jinja2" in done.stdout
    assert "99" in done.stdout


def test_an_answer_that_is_none_is_no_clean_bill() -> None:
    """Whatever answers there, it is not the advisories."""
    with advisories() as (url, _):
        done = audit(LOCK.read_text(), "--service-url", f"{url}/elsewhere/")
    assert done.returncode == NOT_LOOKED_UP
