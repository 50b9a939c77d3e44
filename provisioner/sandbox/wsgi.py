"""Calls a WSGI application with a request that was read already. Opens no socket."""

import io
from typing import Any
from wsgiref.types import WSGIApplication

from provisioner.sandbox.exchange import Answer, Request


def call(application: WSGIApplication, request: Request, port: int) -> Answer:
    """The application's answer, in full."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        started[:] = [int(status.split(" ", 1)[0]), tuple(headers)]
        return written.append

    written: list[bytes] = []
    chunks = application(_environ(request, port), start_response)
    try:
        written.extend(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    return Answer(started[0], started[1], b"".join(written))


def _environ(request: Request, port: int) -> dict[str, Any]:
    headers = {f"HTTP_{_upper(key)}": value for key, value in request.headers.items()}
    headers.pop("HTTP_TRANSFER_ENCODING", None)  # the body was put together already
    return {
        **headers,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.encode().decode("latin-1"),
        "QUERY_STRING": request.query,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _upper(name: str) -> str:
    return name.upper().replace("-", "_")
