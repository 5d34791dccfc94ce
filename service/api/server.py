"""Settings in, a service on a port out, until it is told to stop: binds, announces itself, runs uvicorn, stops."""

import ipaddress
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from ingest.errors import UsageError
from ingest.locking import Owner, announce
from ingest.settings import Settings
from service.api.app import create_app
from service.api.logs import Log, configure_logs
from service.api.scripts import read_widget
from service.keys import KeyRing
from service.running import open_service
from service.wiring import open_encoder

DRAIN_SECONDS = 5  # for requests under way when it is told to stop
KEEP_ALIVE_SECONDS = 5
BACKLOG = 512


def serve(settings: Settings, folder: Path, *, insecure: bool, tell: Callable[[str, int], None]) -> None:
    """Serve until SIGTERM or SIGINT, and tell the address and how many articles there are.

    UsageError where the address cannot be used, or would be open to strangers.
    """
    loopback = is_loopback(settings.host)
    if not (loopback or insecure or KeyRing(folder).list()):
        raise UsageError(
            f"{settings.host} can be reached by others and there are no keys; run: footnote keys create NAME "
            f"--data {folder}, or let everybody ask with --insecure."
        )
    log = configure_logs()
    with _bind(settings.host, settings.port) as bound:
        settings = settings.model_copy(update={"allowed_hosts": (*settings.allowed_hosts, _host(bound))})
        encoder = open_encoder(settings)
        with open_service(settings, folder, encoder, warn=lambda text: log.warning("index", reason=text)) as service:
            token, url = secrets.token_urlsafe(32), _url(bound)
            announce(folder, Owner(pid=os.getpid(), url=url, token=token))
            app = create_app(
                service, log=log, token=token, trusting=loopback or insecure, widget=read_widget()
            )
            log.info("serving", url=url, data=str(folder), keys=len(service.keys.list()))
            tell(url, service.pool.answerers[0].indexes.catalog.counts().articles)
            _run(app, bound, settings.proxies)
            log.info("stopping")
    _leave(log)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        reason = str(error.strerror or error).partition(" (while")[0]
        raise UsageError(f"{host}:{port} cannot be served ({reason}); choose others with --host and --port.") from error


def _run(app: FastAPI, bound: socket.socket, proxies: Sequence[str]) -> None:
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="off",
        proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
        timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    # uvicorn raises the signal that ended it once more, for whoever handled it before: here that ends nothing.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run(sockets=[bound])


def _url(bound: socket.socket) -> str:
    """Where this machine reaches it."""
    host, port = bound.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        address = ipaddress.ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"


def _host(bound: socket.socket) -> str:
    """The address that it is asked under, as a Host header names it."""
    return _url(bound).removeprefix("http://").rpartition(":")[0]


def _leave(log: Log) -> None:
    """End at once where a thread is still building: what it does is safe to cut off, and done again at the start."""
    if any(thread.name in ("keeper", "ingestions") for thread in threading.enumerate()):
        log.info("stopped", unfinished=True)
        os._exit(0)
