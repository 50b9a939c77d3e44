"""Vercel's payloads about domains to our models. Pure: no I/O.

Nothing is hard-coded: which entries a domain needs differs from project to
project. What Vercel's own command line reads beyond the published description
(`conflicts`, `ipStatus`, `nameservers`) is optional here
(github.com/vercel/vercel: get-domain-config-v6, verify-diagnosis).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.remote import AttachedDomain, DomainAdvice

CLOUDFLARE = ".ns.cloudflare.com"

ONE_IS_ENOUGH = "One of the entries for this name is enough."
_PROXY_OFF = "This domain is managed at Cloudflare: set “Proxy status” to “DNS only” (grey cloud)."
_WHY_REMOVE = {
    "A": "Some visitors would be led to another server.",
    "AAAA": "Visitors with IPv6 would be led to another server.",
    "CAA": "It forbids the certificate that the site needs. If you want to keep it, add a CAA "
    "entry beside it that allows `letsencrypt.org`.",
}


def domain(payload: Mapping[str, Any]) -> AttachedDomain:
    zone = payload["apexName"]
    offered = payload.get("verification") or ()
    note = ONE_IS_ENOUGH if len(offered) > 1 else ""
    challenges = tuple(
        DnsEntry(type=item["type"], name=item["domain"], value=item["value"], zone=zone, note=note)
        for item in offered
    )
    return AttachedDomain(
        name=payload["name"], zone=zone, verified=bool(payload["verified"]), challenges=challenges
    )


def advice(payload: Mapping[str, Any], domain: AttachedDomain) -> DomainAdvice:
    """One entry of rank 1, and what serves as well; whatever stands in the way.

    The rule is that of Vercel's own command line: an A record for the zone
    itself, else a CNAME; at Cloudflare always a CNAME, with the proxy off.
    """
    status = payload.get("ipStatus")
    must_change = status == "required-change"
    wanted = _wanted(payload, domain, must_change)
    return DomainAdvice(
        misconfigured=bool(payload["misconfigured"]) or must_change,
        may_improve=status == "optional-change",
        wanted=(wanted,) if wanted else (),
        conflicts=tuple(_conflict(item, domain) for item in payload.get("conflicts") or ()),
    )


def _wanted(
    payload: Mapping[str, Any], domain: AttachedDomain, must_change: bool
) -> DnsEntry | None:
    addresses = list(_ranked(payload["recommendedIPv4"], must_change))
    names = list(_ranked(payload["recommendedCNAME"], must_change))
    cloudflare = _at_cloudflare(payload)
    kind, values = (
        ("CNAME", names) if cloudflare or domain.name != domain.zone else ("A", addresses)
    )
    if not values:
        kind, values = "A", addresses
    if not values:
        return None
    others = [*values[1:], *(addresses if kind == "CNAME" else ())]
    return DnsEntry(
        type=kind,
        name=domain.name,
        value=values[0],
        also=tuple(dict.fromkeys(others)),
        zone=domain.zone,
        note=_PROXY_OFF if cloudflare else "",
    )


def _ranked(items: Any, first_only: bool) -> Iterator[str]:
    """The values, the best first; of equal rank in their order, names without their last dot."""
    ranked = sorted(items or (), key=lambda item: item["rank"])
    for item in ranked:
        if first_only and item["rank"] != ranked[0]["rank"]:
            return
        values = item["value"]
        for value in [values] if isinstance(values, str) else values:
            yield value.removesuffix(".")  # most registrars' forms want it without the dot


def _at_cloudflare(payload: Mapping[str, Any]) -> bool:
    servers = [str(name).lower().removesuffix(".") for name in payload.get("nameservers") or ()]
    return any(name.endswith(CLOUDFLARE) for name in servers)


def _conflict(item: Mapping[str, Any], domain: AttachedDomain) -> DnsEntry:
    return DnsEntry(
        type=item["type"],
        name=_full_name(str(item.get("name") or domain.name), domain.zone),
        value=str(item.get("value") or ""),
        zone=domain.zone,
        state=DnsState.REMOVE,
        note=_WHY_REMOVE.get(item["type"], "It leads visitors elsewhere."),
    )


def _full_name(name: str, zone: str) -> str:
    """Told as a full name or relative to the zone."""
    inner = name.removesuffix(".").lower()
    if inner == "@":
        return zone
    return inner if inner == zone or inner.endswith(f".{zone}") else f"{inner}.{zone}"
