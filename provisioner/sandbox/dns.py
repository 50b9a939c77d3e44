"""The sandbox's public DNS: what stands in it, and a real server that answers from it.

`DnsZone` holds the records; `DnsServer` speaks DNS over UDP and TCP on
loopback, as a resolver does. Knows nothing of hubs, apps or hosts.
"""

import socketserver
import struct
import threading
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Self

import dns.exception
import dns.message
import dns.rdatatype

from provisioner.sandbox.dns_records import (
    ADDRESSES,
    Answer,
    Record,
    failure,
    host_name,
    read_records,
    reply,
)
from provisioner.sandbox.stopping import stop

MAX_CHAIN = 8
FAULTS = ("servfail", "refused", "timeout")


class DnsZone:
    """Every record of the sandbox's internet. Safe to use from several threads.

    People's records and the hosts' own are kept apart: only the former are
    part of the snapshot, and nobody can take the latter away.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._records: list[Record] = []
        self._hosts: list[Record] = []
        self._faults: dict[str, tuple[str, int]] = {}

    def snapshot(self) -> dict[str, Any]:
        with self._lock:
            records = sorted(self._records, key=lambda one: (one.name, one.type, one.value))
        return {"records": [asdict(record) for record in records]}

    def set_records(self, records: object) -> None:
        """Put records in, as a registrar's form does; for the forms see `read_records`.

        What stood under the same name and type goes. A CNAME drives out the
        addresses of its name, and addresses drive out a CNAME. ValueError says
        which record is wrong; then nothing has changed.
        """
        new = read_records(records)
        with self._lock:
            self._records = [one for one in self._records if not _replaced(one, new)]
            self._records += dict.fromkeys(new)

    def remove_records(self, records: object) -> None:
        """Take records out; a record without `value` means all values. Safe to repeat."""
        gone = read_records(records, need_value=False)
        with self._lock:
            self._records = [one for one in self._records if not _named(one, gone)]

    def set_host_records(self, records: Iterable[Record]) -> None:
        """Records that a stand-in answers for itself, such as the target of a CNAME."""
        with self._lock:
            self._hosts += [one for one in records if one not in self._hosts]

    def fail(self, name: str, fault: str, times: int = 1) -> None:
        """Let the next `times` questions for `name` end in servfail, refused or timeout."""
        if fault not in FAULTS:
            raise ValueError(f"`fault` must be one of {', '.join(FAULTS)}")
        with self._lock:
            self._faults[host_name(name)] = (fault, times)

    def take_fault(self, name: str) -> str | None:
        """The fault that this question runs into, if any; uses one of them up."""
        with self._lock:
            fault, times = self._faults.pop(host_name(name), ("", 0))
            if times > 1:
                self._faults[host_name(name)] = (fault, times - 1)
            return fault or None

    def lookup(self, name: str, record_type: str) -> list[str]:
        """The values that stand at exactly this name; no CNAME is followed."""
        with self._lock:
            return [one.value for one in self._at(host_name(name), record_type.upper())]

    def resolve(self, name: str, record_type: str) -> Answer:
        """The values at the end of the CNAMEs."""
        wanted, here, chain = record_type.upper(), host_name(name), list[Record]()
        with self._lock:
            while len(chain) < MAX_CHAIN:
                values = self._at(here, wanted)
                aliases = [] if values or wanted == "CNAME" else self._at(here, "CNAME")
                if not aliases:
                    return Answer(tuple(chain), tuple(values), self._exists(here))
                chain.append(aliases[0])
                here = aliases[0].value
        return Answer(tuple(chain), (), exists=True)

    def _at(self, name: str, record_type: str) -> list[Record]:
        both = (*self._records, *self._hosts)
        return [one for one in both if one.name == name and one.type == record_type]

    def _exists(self, name: str) -> bool:
        """A name exists also where something stands below it (RFC 8020)."""
        both = (*self._records, *self._hosts)
        return any(one.name == name or one.name.endswith(f".{name}") for one in both)


def _replaced(old: Record, new: list[Record]) -> bool:
    """Whether one of the new records takes the old one's place."""
    same_name = [one.type for one in new if one.name == old.name]
    if old.type in same_name:
        return True
    if old.type in ADDRESSES:
        return "CNAME" in same_name
    return old.type == "CNAME" and not ADDRESSES.isdisjoint(same_name)


def _named(record: Record, gone: list[Record]) -> bool:
    return any(
        (one.type, one.name) == (record.type, record.name) and one.value in {"", record.value}
        for one in gone
    )


class DnsServer:
    """Answers from a zone on 127.0.0.1, UDP and TCP on one port, while the context lasts."""

    def __init__(self, zone: DnsZone) -> None:
        self.zone = zone
        self.address = ""
        self._servers: list[socketserver.BaseServer] = []

    def __enter__(self) -> Self:
        tcp, udp = _bind_both(self.zone)
        self._servers = [tcp, udp]
        self.address = f"127.0.0.1:{tcp.server_address[1]}"
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            stop(server)


def answer(zone: DnsZone, query: bytes, *, datagram: bool) -> bytes | None:
    """The answer to one DNS message; None where there is none to give (a timeout, or noise)."""
    try:
        request = dns.message.from_wire(query)
        question = request.question[0]
    except (dns.exception.DNSException, IndexError):
        return None
    name = question.name.to_text(omit_final_dot=True)
    fault = zone.take_fault(name)
    if fault:
        return None if fault == "timeout" else failure(request, fault)
    found = zone.resolve(name, dns.rdatatype.to_text(question.rdtype))
    return reply(request, found, max(512, request.payload) if datagram else 65_535)


class _Udp(socketserver.BaseRequestHandler):
    server: "_UdpServer"

    def handle(self) -> None:
        query, socket = self.request
        message = answer(self.server.zone, query, datagram=True)
        if message is not None:
            socket.sendto(message, self.client_address)


class _Tcp(socketserver.StreamRequestHandler):
    server: "_TcpServer"

    def handle(self) -> None:
        while len(head := self.rfile.read(2)) == 2:
            query = self.rfile.read(struct.unpack("!H", head)[0])
            message = answer(self.server.zone, query, datagram=False)
            if message is None:
                return
            self.wfile.write(struct.pack("!H", len(message)) + message)


class _UdpServer(socketserver.ThreadingUDPServer):
    daemon_threads = True

    def __init__(self, port: int, zone: DnsZone) -> None:
        self.zone = zone
        super().__init__(("127.0.0.1", port), _Udp)


class _TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, zone: DnsZone) -> None:
        self.zone = zone
        super().__init__(("127.0.0.1", 0), _Tcp)


def _bind_both(zone: DnsZone) -> tuple[_TcpServer, _UdpServer]:
    """A free TCP port whose UDP twin is free too."""
    for _ in range(20):
        tcp = _TcpServer(zone)
        try:
            return tcp, _UdpServer(int(tcp.server_address[1]), zone)
        except OSError:
            tcp.server_close()
    raise OSError("no port on 127.0.0.1 was free for both UDP and TCP")
