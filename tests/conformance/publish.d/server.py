"""An S3 server on loopback that keeps a list of what was written, and kills the writer at a chosen write."""

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
        self.idle = threading.Condition()
        self.answering = 0
        self.writes = []
        self.kill = None
        # The session tokens of killed writers: what of theirs is still on its way is refused, however late it comes.
        self.dead = set()
        self.process = None
        self.server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Quiet)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __call__(self, environ, start_response):
        with self.idle:
            self.answering += 1
        try:
            return self._answer(environ, start_response)
        finally:
            with self.idle:
                self.answering -= 1
                self.idle.notify_all()

    def _answer(self, environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        agent = environ.get("HTTP_USER_AGENT", "")
        # Only the program's own requests count, not those of the judge.
        if method not in ("PUT", "POST", "DELETE") or "boto" in agent.lower() or path.startswith("/moto-api"):
            return self.app(environ, start_response)
        key, writer = path.lstrip("/").partition("/")[2], environ.get("HTTP_X_AMZ_SECURITY_TOKEN")
        with self.guard:
            dead = writer in self.dead
            if not dead:
                self.writes.append((method, key))
            due = not dead and self.kill and self.kill(len(self.writes), method, key)
        if due == "before":
            self._kill(writer)
        if dead or due == "before":
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        answer = list(self.app(environ, start_response))
        if due == "after":
            self._kill(writer)
        return answer

    def _kill(self, writer):
        with self.guard:
            self.dead.add(writer)
        while self.process is None:
            time.sleep(0.001)
        self.process.kill()
        self.process.wait()

    def check_keys(self, on):
        """Whether keys and signatures are checked, by the server's own users."""
        data, plain = (b"0" if on else b"1000000000"), {"Content-Type": "text/plain"}
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/moto-api/reset-auth", data=data, headers=plain)).read()

    def watch(self, kill=None):
        """Forgets what was written; `kill(number, method, key)` says `before`, `after` or nothing.

        Requests of a killed writer may still be on their way into the store: what stands is to be looked at after them.
        """
        with self.idle:
            assert self.idle.wait_for(lambda: self.answering == 0, timeout=60), "a request has no answer after 60 s"
        with self.guard:
            self.writes = []
            self.kill = kill
            self.process = None
