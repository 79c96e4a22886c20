"""An S3 server on loopback that keeps a list of what was written, and kills the writer at a chosen write."""

import os
import signal
import threading
import time
import urllib.request

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


class Server:
    """`writes` are (method, key) in the order of their arrival, without the bucket."""

    def __init__(self):
        self.app = DomainDispatcherApplication(create_backend_app)
        self.guard = threading.Lock()
        self.writes = []
        self.kill = None
        self.killed = threading.Event()
        self.process = None
        self.server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Quiet)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __call__(self, environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        agent = environ.get("HTTP_USER_AGENT", "")
        # Only the program's own requests count, not those of the judge.
        if method not in ("PUT", "POST", "DELETE") or "boto" in agent.lower() or path.startswith("/moto-api"):
            return self.app(environ, start_response)
        key = path.lstrip("/").partition("/")[2]
        with self.guard:
            self.writes.append((method, key))
            due = self.kill is not None and not self.killed.is_set() and self.kill(len(self.writes), method, key)
        if self.killed.is_set():
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        if due == "before":
            self._kill()
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        answer = list(self.app(environ, start_response))
        if due == "after":
            self._kill()
        return answer

    def _kill(self):
        self.killed.set()
        while self.process is None:
            time.sleep(0.001)
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def check_keys(self, on):
        """Whether keys and signatures are checked, by the server's own users."""
        data, plain = (b"0" if on else b"1000000000"), {"Content-Type": "text/plain"}
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/moto-api/reset-auth", data=data, headers=plain)).read()

    def watch(self, kill=None):
        """Forgets what was written; `kill(number, method, key)` says `before`, `after` or nothing."""
        with self.guard:
            self.writes = []
            self.kill = kill
            self.killed.clear()
            self.process = None
