"""Who may use a domain: the proof by a TXT record, and what that record says now.

Reads DNS; the only thing it changes is a domain's `verified`.
"""

from provisioner.sandbox.vercel.domain_names import apex_of
from provisioner.sandbox.vercel.errors import ApiError, bad_request
from provisioner.sandbox.vercel.hosts import SUFFIX
from provisioner.sandbox.vercel.records import Account, ProjectDomain
from provisioner.sandbox.vercel.store import Store

PREFIX = "vc-domain-verify="


def must_be_proved(store: Store, account: Account, name: str) -> bool:
    """Whether the name's apex belongs, as far as the host knows, to another account."""
    apex = apex_of(name)
    if apex == SUFFIX:
        return False
    elsewhere = {one.lower() for one in store.behaviour.apex_owned_elsewhere}
    return bool({apex, name} & elsewhere) or (
        store.behaviour.first_owner_keeps_apex and _others_have(store, account, apex)
    )


def _others_have(store: Store, account: Account, apex: str) -> bool:
    return any(
        domain.apex == apex and domain.verified
        for project in store.projects.values()
        if project.account.id != account.id
        for domain in project.domains.values()
    )


def new_challenge(store: Store, name: str) -> str:
    """A fresh TXT value. Every attach makes its own, and the one before is worth nothing."""
    return f"{PREFIX}{name},{store.world.random_bytes(10).hex()}"


def record_name(domain: ProjectDomain) -> str:
    return f"_vercel.{domain.apex}"


def verification(domain: ProjectDomain) -> list[dict[str, str]]:
    """The challenges to show; any one of them suffices."""
    return [
        {
            "type": "TXT",
            "domain": record_name(domain),
            "value": domain.challenge,
            "reason": "pending_domain_verification",
        }
    ]


def verify(store: Store, domain: ProjectDomain) -> None:
    """Look for the TXT record; a 400 says what is there in its place."""
    found = store.dns.lookup(record_name(domain), "TXT")
    if domain.challenge in found:
        domain.verified = True
        domain.updated = store.stamp()
        return
    raise _refusal(domain, found)


def _refusal(domain: ProjectDomain, found: list[str]) -> ApiError:
    where, own = record_name(domain), f"{PREFIX}{domain.name},"
    if any(value.startswith(own) for value in found):
        message = f'The TXT Record on {where} does not match "{domain.challenge}".'
        return bad_request(message, "txt_record_mismatch")
    if any(value.startswith(f"{PREFIX}{domain.apex},") for value in found):
        message = (
            f"Domain {domain.name} was added to a different project. Please complete verification "
            "to add it to this project instead."
        )
        return bad_request(message, "existing_project_domain")
    message = f'Domain {where} is missing required TXT Record "{domain.challenge}"'
    return bad_request(message, "missing_txt_record")
