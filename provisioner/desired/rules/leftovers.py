"""What still stands in a hub file as it stands in the example, and is nobody's own. Pure.

An account, a maintainer or a domain of `_example.yaml` belongs to no hub: it was copied and not
changed. Sealed values have a rule of their own, for they open at one place only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provisioner.desired.rules.accounts import OWNER, Account, own_accounts
from provisioner.desired.rules.view import SeenHub
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import shown
from provisioner.models.finding import Finding
from provisioner.models.network import Network

CODE = "leftover"
EXAMPLE = "_example.yaml"


@dataclass(frozen=True)
class _Claim:
    """Something that a file calls its own: `key` is the same for every spelling of one thing."""

    key: tuple[str, str]
    pointer: str
    text: str
    hint: str


def leftover_findings(hubs: Sequence[SeenHub], network: Network) -> Iterator[tuple[str, Finding]]:
    """The path of a file, and a finding for it, for each thing of an example."""
    examples = [hub for hub in hubs if hub.document.name == EXAMPLE]
    theirs = {claim.key: (hub, claim) for hub in examples for claim in _claims(hub, network)}
    for hub in hubs:
        for claim in _claims(hub, network) if theirs and not hub.example else ():
            if claim.key in theirs:
                yield hub.document.path, _left(hub, claim, *theirs[claim.key])


def _left(hub: SeenHub, claim: _Claim, example: SeenHub, same: _Claim) -> Finding:
    line = example.document.value_mark(same.pointer).line
    message = f"{shown(claim.text)} is left over from the example, `{example.document.path}`, "
    advice = Advice(CODE, f"{message}line {line}", claim.hint)
    return hub.document.finding_at_value(claim.pointer, advice)


def _claims(hub: SeenHub, network: Network) -> Iterator[_Claim]:
    for account in own_accounts(hub, network):
        yield _Claim(account.key, account.pointer, account.name, _account_hint(account))
    yield from _named("person", hub.people, _PERSON)
    for app in hub.apps:
        yield from _named("domain", app.domains, _DOMAIN)


def _named(what: str, found: Iterable[tuple[str, str]], hint: str) -> Iterator[_Claim]:
    for pointer, text in found:
        yield _Claim((what, text.lower().rstrip(".")), pointer, text, hint)


def _account_hint(account: Account) -> str:
    gets = "the copies of the apps" if account.kind is OWNER else "the projects of the apps"
    line = account.kind.where.partition(".")[0]
    return (
        f"write your hub's {account.kind.noun}, which gets {gets}; if it has none, remove the line "
        f"`{line}:`, and the network's own is used"
    )


_PERSON = "write your own GitHub user name, and those of the others who look after this hub"
_DOMAIN = "write a name at or below a domain that your hub has registered, or remove this one"
