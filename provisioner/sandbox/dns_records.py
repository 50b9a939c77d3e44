"""DNS records of the sandbox: read from what people send, checked, and put on the wire.

Pure functions and values. Holds no zone and opens no socket.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype

TYPES = ("A", "AAAA", "CNAME", "TXT", "CAA", "NS")
ADDRESSES = frozenset({"A", "AAAA"})
NAMED_VALUES = frozenset({"CNAME", "NS"})
TTL = 60


@dataclass(frozen=True)
class Record:
    """One record. Names, and values that are names, in lower case without their last dot."""

    type: str
    name: str
    value: str


@dataclass(frozen=True)
class Answer:
    """What a resolver would say: the CNAMEs followed, the values, and whether the name exists."""

    chain: tuple[Record, ...]
    values: tuple[Record, ...]
    exists: bool


def host_name(name: str) -> str:
    """A name as this module keeps it."""
    return name.strip().rstrip(".").lower()


def read_records(records: object, *, need_value: bool = True) -> list[Record]:
    """Records from a list of `{type, name, value}`, `{"records": […], "zone"?: …}` or one record.

    A `name` is a full host name, or relative to `zone` where one is given
    (`@` is the zone itself). ValueError names the record that is wrong.
    """
    return [_record(fields, zone, need_value) for fields, zone in _flatten(records)]


def reply(request: dns.message.Message, found: Answer, limit: int) -> bytes:
    """The answer to a question on the wire; truncated where it is longer than `limit` bytes."""
    response = dns.message.make_response(request, recursion_available=True)
    if not found.exists:
        response.set_rcode(dns.rcode.NXDOMAIN)
    for record in (*found.chain, *found.values):
        rrset = response.find_rrset(
            response.answer,
            dns.name.from_text(record.name),
            dns.rdataclass.IN,
            dns.rdatatype.from_text(record.type),
            create=True,
        )
        rrset.add(_rdata(record), ttl=TTL)
    return _to_wire(response, limit)


def failure(request: dns.message.Message, fault: str) -> bytes:
    """An answer that says nothing but `servfail` or `refused`."""
    response = dns.message.make_response(request, recursion_available=True)
    response.set_rcode(dns.rcode.from_text(fault))
    return response.to_wire()


def _to_wire(response: dns.message.Message, limit: int) -> bytes:
    try:
        return response.to_wire(max_size=limit)
    except dns.exception.TooBig:
        response.answer.clear()
        response.flags |= dns.flags.TC
        return response.to_wire()


def _flatten(records: object, zone: str = "") -> list[tuple[Mapping[str, object], str]]:
    """Every accepted form as (fields, zone) pairs."""
    if isinstance(records, Mapping):
        zone = str(records.get("zone") or zone)
        return _flatten(records["records"], zone) if "records" in records else [(records, zone)]
    if isinstance(records, list):
        return [pair for one in records for pair in _flatten(one, zone)]
    raise ValueError("send a list of records, each with `type`, `name` and `value`")


def _record(fields: Mapping[str, object], zone: str, need_value: bool) -> Record:
    record_type, name = str(fields.get("type", "")).upper(), str(fields.get("name") or "")
    value = str(fields.get("value") or "")
    if record_type not in TYPES:
        raise ValueError(f"`type` must be one of {', '.join(TYPES)}, not `{record_type}`")
    if not name or (need_value and not value):
        raise ValueError("a record needs `type`, `name` and `value`")
    if record_type in NAMED_VALUES:
        value = host_name(value)
    record = Record(record_type, _full_name(name, host_name(zone)), value)
    return _checked(record) if value else record


def _full_name(name: str, zone: str) -> str:
    inner = host_name(name)
    if not zone or name.endswith(".") or inner == zone or inner.endswith(f".{zone}"):
        return inner
    return zone if inner == "@" else f"{inner}.{zone}"


def _checked(record: Record) -> Record:
    try:
        dns.name.from_text(record.name)
        _rdata(record)
    except (dns.exception.DNSException, ValueError) as error:
        what = f"{record.type} {record.name} {record.value}"
        raise ValueError(f"`{what}` is no DNS record: {error}") from error
    return record


def _rdata(record: Record) -> dns.rdata.Rdata:
    text = _quoted(record.value) if record.type == "TXT" else record.value
    if record.type in NAMED_VALUES:
        text = f"{text}."
    return dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(record.type), text)


def _quoted(value: str) -> str:
    """A TXT value as quoted strings of at most 255 bytes, which is what the wire allows."""
    raw = value.encode()
    pieces = [raw[at : at + 255] for at in range(0, len(raw), 255)]
    return " ".join('"' + "".join(f"\\{byte:03d}" for byte in piece) + '"' for piece in pieces)
