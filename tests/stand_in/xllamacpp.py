"""Stands in for the real xllamacpp in the server process of an embedded model.

It "loads" a text file whose words say how: `slow`, `broken`, `dies`, `uninstalled`. Every load is
noted beside the file. The server answers /health, and any other request by those with the key.
"""

import ctypes
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace


class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(path=""), cpuparams=SimpleNamespace(n_threads=-1))
        self.cpuparams_batch = SimpleNamespace(n_threads=-1)


class Server:
    def __init__(self, parameters):
        path = Path(parameters.model.path)
        words = path.read_text().split()
        with path.with_suffix(".loads").open("a") as loads:
            loads.write(f"{os.getpid()}\n")
        os.write(1, b"noise on standard output\n")
        os.write(2, b"noise on standard error\n")
        if "uninstalled" in words:
            raise ImportError("no xllamacpp")
        if "dies" in words:
            os._exit(3)
        if "broken" in words:
            sys.stderr.write("0.1 E llama_model_load: error loading model: tensor is missing\n")
            sys.stderr.write("0.2 E srv: exiting\n")
            sys.stderr.flush()
            raise RuntimeError("Failed to init server")
        if "slow" in words:
            # Like the real one, and unlike time.sleep, this lets no other thread run meanwhile.
            ctypes.PyDLL(None).sleep(600)
        server = ThreadingHTTPServer((parameters.hostnames[0], parameters.port), _Handler)
        server.keys = parameters.api_keys
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{server.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = self.path == "/health" or key in self.server.keys
        self.send_response(200 if allowed else 401)
        self.end_headers()
