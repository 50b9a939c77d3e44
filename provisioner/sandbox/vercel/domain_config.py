"""What a domain's DNS says and what the host wants it to say. Changes nothing.

The fields that the published description does not list (`conflicts`,
`nameservers`, `aValues`, `cnames`, `serviceType`, `ipStatus`, `dnssecEnabled`)
are those that the host's own command line reads.
"""

from dataclasses import dataclass
from typing import Any

from provisioner.sandbox.vercel.calls import Answer, Call, Route
from provisioner.sandbox.vercel.domain_names import apex_of, checked
from provisioner.sandbox.vercel.errors import bad_request, not_found
from provisioner.sandbox.vercel.records import Project
from provisioner.sandbox.vercel.store import Store

ADDRESSES = ("216.198.79.1", "64.29.17.1")
OLD_ADDRESSES = ("76.76.21.21",)
OLD_CNAME = "cname.vercel-dns.com"
OWN_NAMESERVERS = ("ns1.vercel-dns.com", "ns2.vercel-dns.com")
OTHER_NAMESERVERS = ("ns1.registrar.example", "ns2.registrar.example")
ISSUER = "letsencrypt.org"
PASSING_ERRORS = {
    "timeout": "Resolving the DNS configuration timed out.",
    "unexpected_dns_response": "The nameservers returned an unexpected response.",
    "invalid_name": "The domain name is not valid.",
}


@dataclass(frozen=True)
class Diagnosis:
    """`configured_by` is None where the name does not lead to the host."""

    configured_by: str | None
    addresses: tuple[str, ...]
    cnames: tuple[str, ...]
    nameservers: tuple[str, ...]
    conflicts: tuple[dict[str, str], ...]

    @property
    def misconfigured(self) -> bool:
        """True is bad: it does not lead to the host, or something stands in the way."""
        return self.configured_by is None or bool(self.conflicts)


def diagnose(store: Store, name: str, project: Project | None) -> Diagnosis:
    """Look at the name as public DNS has it now. A project accepts its own CNAME target."""
    resolved = store.dns.resolve(name.removeprefix("*."), "A")
    cnames = tuple(one.value for one in resolved.chain)
    addresses = tuple(one.value for one in resolved.values)
    nameservers = tuple(store.dns.lookup(apex_of(name), "NS")) or OTHER_NAMESERVERS
    own = set(nameservers) <= set(OWN_NAMESERVERS)
    targets = {OLD_CNAME, project.cname} if project else {OLD_CNAME}
    by = "dns-01" if own else _configured_by(addresses, cnames, targets)
    return Diagnosis(by, addresses, cnames, nameservers, _conflicts(store, name, addresses, by))


def _configured_by(
    addresses: tuple[str, ...], cnames: tuple[str, ...], targets: set[str]
) -> str | None:
    if targets & set(cnames):
        return "CNAME"
    return "A" if set(addresses) & {*ADDRESSES, *OLD_ADDRESSES} and not cnames else None


def _conflicts(
    store: Store, name: str, addresses: tuple[str, ...], by: str | None
) -> tuple[dict[str, str], ...]:
    """What must go: other addresses beside ours, IPv6 addresses, CAA records without our issuer."""
    found = []
    if by == "A":
        foreign = [one for one in addresses if one not in {*ADDRESSES, *OLD_ADDRESSES}]
        found += [{"name": name, "type": "A", "value": value} for value in foreign]
    if by != "dns-01":
        six = store.dns.resolve(name, "AAAA").values
        found += [{"name": name, "type": "AAAA", "value": one.value} for one in six]
    apex = apex_of(name)
    for where in dict.fromkeys((name, apex)):
        issuers = store.dns.lookup(where, "CAA")
        if issuers and not any(ISSUER in value for value in issuers):
            found += [{"name": where, "type": "CAA", "value": value} for value in issuers]
            break
    return tuple(found)


def get_config(store: Store, call: Call) -> Answer:
    """Ranked recommendations: rank 1 is the project's own, rank 2 the older general values."""
    name = checked(call.path["domain"])
    if store.behaviour.config_errors:
        code = store.behaviour.config_errors.pop(0)
        raise bad_request(PASSING_ERRORS.get(code, "The domain could not be looked at."), code)
    project = _project(store, call)
    found = diagnose(store, name, project)
    return 200, _payload(store, name, project, found)


def _project(store: Store, call: Call) -> Project | None:
    wanted = call.args.get("projectIdOrName")
    if not wanted:
        return None
    project = store.project(call.account, wanted)
    if project is None:
        raise not_found("Project not found.")
    return project


def _payload(store: Store, name: str, project: Project | None, found: Diagnosis) -> dict[str, Any]:
    cnames = [project.cname, OLD_CNAME] if project else [OLD_CNAME]
    ranked = enumerate(cnames, start=1)
    return {
        "configuredBy": found.configured_by,
        "nameservers": list(found.nameservers),
        "serviceType": "zeit.world" if found.configured_by == "dns-01" else "external",
        "cnames": list(found.cnames),
        "aValues": list(found.addresses),
        "dnssecEnabled": False,
        "conflicts": list(found.conflicts),
        "acceptedChallenges": ["dns-01"] if found.configured_by == "dns-01" else ["http-01"],
        "recommendedIPv4": [
            {"rank": 1, "value": list(ADDRESSES)},
            {"rank": 2, "value": list(OLD_ADDRESSES)},
        ],
        "recommendedCNAME": [{"rank": rank, "value": f"{value}."} for rank, value in ranked],
        "ipStatus": _ip_status(store, name, found),
        "misconfigured": found.misconfigured,
    }


def _ip_status(store: Store, name: str, found: Diagnosis) -> str:
    if name in store.behaviour.must_change_address:
        return "required-change"
    old = set(found.addresses) & set(OLD_ADDRESSES) or OLD_CNAME in found.cnames
    return "optional-change" if old else "no-change"


ROUTES = (Route("GET", "/v6/domains/<domain>/config", get_config),)
