"""The GitHub accounts that copies go to: are they there, and may the provisioner make copies?"""

from functools import cache

from provisioner.doctor.base import Access, CouldNotCheck, Probe
from provisioner.github.settings import SettingsReader
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.remote import Account
from provisioner.models.setup import Membership, OrganizationSettings, TokenOwner

AREA = "accounts"


class Owners:
    """Asks for each account once; safe to share between threads."""

    def __init__(self, access: Access[SettingsReader, TokenOwner]) -> None:
        self._access = access
        self.account = cache(self._account)

    @property
    def reader(self) -> SettingsReader:
        return self._access.reader

    @property
    def person(self) -> str | None:
        """The login that makes the copies; None for an app."""
        return self._access.who.login

    def existing(self, login: str) -> Account:
        """Raises `CouldNotCheck` where there is no such account."""
        found = self.account(login)
        if found is None:
            raise CouldNotCheck(f"This needs the GitHub account {login}, and there is none.")
        return found

    def _account(self, login: str) -> Account | None:
        return self.reader.account(login)


def probes(owners: Owners, names: list[str]) -> list[Probe]:
    return [_probe(owners, name) for name in names]


def _probe(owners: Owners, name: str) -> Probe:
    return Probe(AREA, f"GitHub account {name}", lambda: _owner(owners, name))


def _owner(owners: Owners, name: str) -> Verdict:
    account = owners.account(name)
    if account is None:
        return not_ok(
            "There is none of this name.",
            "Correct `github: owner:` in the hub file, or `owner:` in network.yaml.",
        )
    if account.personal:
        return _person(owners.person, account.login)
    if owners.person is None:
        return unknown(
            "It is an organisation; whether an app may make copies there, GitHub does not show.",
            "An owner of the organisation opens `Settings`, `GitHub Apps`: the app must be there, "
            "with `All repositories`.",
        )
    return _organization(owners.reader, account.login, owners.person)


def _person(person: str | None, owner: str) -> Verdict:
    """GitHub forks for a person only with that person's own token."""
    if person is not None and person.lower() == owner.lower():
        return ok("It is the person whose token makes the copies.")
    whose = f"{person}'s" if person else "an app's"
    return not_ok(
        "It is a person's account, and GitHub makes copies there only with that person's own "
        f"token; PROVISIONER_GITHUB_TOKEN is {whose}.",
        "Use an organisation in the hub file, or give the hub an Actions environment of its own "
        "with that person's token: docs/set-up.md, “Environments of single hubs”.",
    )


def _organization(reader: SettingsReader, organization: str, person: str) -> Verdict:
    membership = reader.membership(organization, person)
    if membership is None:
        return not_ok(
            f"{person} is not a member of this organisation, so it can make no copies there.",
            f"An owner of the organisation invites {person} (`People`, `Invite member`), and "
            f"{person} accepts.",
        )
    if not membership.active:
        return not_ok(
            f"{person} has not accepted the invitation to this organisation.",
            f"Sign in to github.com as {person}, open the organisation's page and accept.",
        )
    return _creation(membership, reader.organization(organization), person)


def _creation(
    membership: Membership, settings: OrganizationSettings | None, person: str
) -> Verdict:
    may_create = settings.members_may_create if settings else None
    if membership.admin or may_create:
        return ok(f"It is an organisation; {person} is a member and may make repositories.")
    if may_create is None:
        return unknown(
            f"It is an organisation and {person} is a member; whether members may make "
            "repositories, GitHub does not show.",
            "An owner of the organisation opens `Settings`, `Member privileges`, `Repository "
            "creation`.",
        )
    return not_ok(
        f"Members of this organisation may not make repositories, and {person} is only a member.",
        "An owner of the organisation opens `Settings`, `Member privileges`, `Repository "
        f"creation`, and allows it; or makes {person} an owner.",
    )
