"""Who may change a hub's file: its maintainers as the default branch names them. Pure.

Never as the proposed file names them, or anyone could write themselves in. A login can be given
up, and whoever registers it next has the name but not GitHub's number of the account: where the
journal knows the number, the number counts. A name whose hub was removed stays its last
maintainers' until they or the network's bring it back.
"""

from collections.abc import Iterable

from provisioner.desired.finding import finding_of
from provisioner.desired.rules.accounts import Account
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import listing
from provisioner.models.change import Owners
from provisioner.models.finding import Finding, Severity
from provisioner.models.journal import Person

CODE = "not-a-maintainer"
OTHER_ACCOUNT = "another-account"
NAME_TAKEN = "former-hub"
FOREIGN_ACCOUNT = "another-hubs-account"
_LIST = "/maintainers"


def authority_findings(
    author: Person, owners: Owners, proposed: Iterable[str] | None
) -> list[Finding]:
    """What a pull request's author may not do with one hub's file.

    `proposed` are the maintainers in the proposed file, `None` where they cannot be read. A
    present file whose maintainers cannot be read counts as an empty list: then only the
    network's maintainers may correct it.
    """
    if is_network_maintainer(author, owners):
        return []
    if owners.present is not None:
        return _change(author, owners, owners.present)
    if owners.known:
        return _return(author, owners)
    listed = proposed is None or _names(author, proposed)
    return [] if listed else [_not_listed(author)]


def is_network_maintainer(author: Person, owners: Owners) -> bool:
    return holds(author, owners.network, owners.recorded_network)


def _change(author: Person, owners: Owners, present: tuple[str, ...]) -> list[Finding]:
    if holds(author, present, owners.recorded):
        return []
    if _names(author, present):
        return [_another_account(author, owners.network)]
    return [_refused(author, present, owners.network)]


def _return(author: Person, owners: Owners) -> list[Finding]:
    """The file was removed, and the name is still somebody's."""
    former = tuple(person.login for person in owners.recorded)
    if holds(author, former, owners.recorded):
        return []
    return [_former_hub(author, former, owners.network)]


def holds(author: Person, logins: Iterable[str], recorded: Iterable[Person]) -> bool:
    """Whether the author is listed: by GitHub's number where one is recorded, else by login.

    Whoever was renamed keeps the right: it is the same account.
    """
    listed = {login.lower() for login in logins}
    numbers = {
        person.login.lower(): person.id
        for person in recorded
        if person.id is not None and person.login.lower() in listed
    }
    if author.id is not None and author.id in numbers.values():
        return True
    login = author.login.lower()
    return login in listed and login not in numbers


def _names(author: Person, logins: Iterable[str]) -> bool:
    """GitHub compares logins without regard to case."""
    return author.login.lower() in {login.lower() for login in logins}


def another_hubs_account(author: Person, account: Account, hubs: tuple[str, ...]) -> Finding:
    """Whoever may put things into an account could take over what its hubs have there."""
    advice = Advice(
        FOREIGN_ACCOUNT,
        f"`{account.name}` is an account of {listing(hubs)}, and {author.login} maintains "
        f"{'none of these hubs' if len(hubs) > 1 else 'another one'}",
        "name an account of this hub's own; or ask a maintainer of that hub, or of the "
        "network, to open the pull request",
    )
    return finding_of(advice, pointer=account.pointer)


def _not_listed(author: Person) -> Finding:
    login = author.login
    advice = Advice(
        "author-not-listed",
        f"the author of this pull request, {login}, is not among the `maintainers`",
        f"add `{login}` to the list, or later changes will have to come from somebody who is",
        Severity.WARNING,
    )
    return finding_of(advice, pointer=_LIST)


def _refused(author: Person, present: tuple[str, ...], network: tuple[str, ...]) -> Finding:
    may = listing(sorted(present) or sorted(network), "or")
    login = author.login
    advice = Advice(
        CODE,
        f"the author of this pull request, {login}, may not change this hub's file",
        f"ask {may} to open the pull request; they may add `{login}` to `maintainers`",
    )
    return finding_of(advice, pointer=_LIST)


def _another_account(author: Person, network: tuple[str, ...]) -> Finding:
    login = author.login
    advice = Advice(
        OTHER_ACCOUNT,
        f"{login} on GitHub is not the account that {login} was when this hub was set up: "
        "somebody else has registered the name since",
        f"ask {listing(sorted(network), 'or')} to open the pull request; they may correct "
        "`maintainers`",
    )
    return finding_of(advice, pointer=_LIST)


def _former_hub(author: Person, former: tuple[str, ...], network: tuple[str, ...]) -> Finding:
    whose = f", of {listing(sorted(former))}" if former else ""
    may = listing(sorted(former) or sorted(network), "or")
    advice = Advice(
        NAME_TAKEN,
        f"there was a hub of this name before{whose}, and {author.login} may not bring it back",
        f"choose another name for the file; or ask {may} to open the pull request",
    )
    return finding_of(advice, pointer=_LIST)
