"""The catalog's apps: is each source there, and can every hub that asks for it get a copy?"""

from collections import Counter

from provisioner.desired.resolve import Desired
from provisioner.doctor.base import Probe
from provisioner.doctor.owners import Owners
from provisioner.models.app import CatalogEntry, CopyMethod
from provisioner.models.diagnosis import Verdict, not_ok, ok
from provisioner.models.setup import RepositorySettings
from provisioner.workflows.tasks import WORKFLOWS

AREA = "catalog"


def probes(owners: Owners, desired: Desired) -> list[Probe]:
    """The sources are read with the token that copies them."""
    return [_probe(owners, desired, entry) for _, entry in sorted(desired.catalog.entries.items())]


def _probe(owners: Owners, desired: Desired, entry: CatalogEntry) -> Probe:
    return Probe(AREA, entry.id, lambda: _entry(owners, desired, entry))


def _entry(owners: Owners, desired: Desired, entry: CatalogEntry) -> Verdict:
    if entry.app.workflow not in WORKFLOWS:
        return not_ok(
            f"It names a workflow that does not exist: {entry.app.workflow}.",
            f"In `{_file(entry)}`, name one of: {', '.join(WORKFLOWS)}.",
        )
    source = owners.reader.repository(entry.app.source)
    if source is None:
        return not_ok(
            f"GitHub shows no repository {entry.app.source}.",
            f"Correct `source:` in `{_file(entry)}`, or give the owner of "
            "PROVISIONER_GITHUB_TOKEN read access to it.",
        )
    if owners.reader.branch(source.full_name, source.default_branch) is None:
        return not_ok(
            f"{source.full_name} is empty, so there is nothing to copy.",
            "Push the app's code to it.",
        )
    return _copies(owners, desired, entry, source)


def _copies(
    owners: Owners, desired: Desired, entry: CatalogEntry, source: RepositorySettings
) -> Verdict:
    if entry.app.copy_method is CopyMethod.TEMPLATE:
        if source.is_template:
            return ok(f"{source.full_name} is a template and can be copied.")
        return not_ok(f"{source.full_name} is no template repository.", _TEMPLATE)
    if not _forkable(owners, source):
        return not_ok(
            f"{source.full_name} does not allow forks.",
            "On its page, open `Settings`, `General`, `Features`, and tick `Allow forking`; for a "
            "private one also in the organisation's `Member privileges`.",
        )
    if source.is_template:
        return ok(f"{source.full_name} can be forked, and copied where no fork is possible.")
    return _second_copy(owners, desired, entry, source) or ok(
        f"{source.full_name} can be forked, once for each owner: it is no template repository."
    )


_TEMPLATE = "On its page, open `Settings`, `General`, and tick `Template repository`."


def _forkable(owners: Owners, source: RepositorySettings) -> bool:
    if not source.private or not source.forkable:
        return source.forkable
    settings = owners.reader.organization(source.owner)
    return settings is None or settings.private_forks is not False


def _second_copy(
    owners: Owners, desired: Desired, entry: CatalogEntry, source: RepositorySettings
) -> Verdict | None:
    """An owner holds one fork of a repository, and a person none of their own."""
    asked = Counter(
        app.owner.lower()
        for hub in desired.hubs.values()
        for app in hub.apps
        if app.entry.id == entry.id
    )
    own = _person(owners, source.owner)
    stuck = sorted(owner for owner, count in asked.items() if count > 1 or owner == own)
    if not stuck:
        return None
    return not_ok(
        f"{source.full_name} is no template repository, and {', '.join(stuck)} cannot fork it: an "
        "owner can hold one fork of a repository, and a person none of their own.",
        f"{_TEMPLATE} Then it can be copied instead.",
    )


def _person(owners: Owners, login: str) -> str | None:
    """Whose own repositories cannot be forked, in small letters; None for an organisation."""
    account = owners.account(login)
    return login.lower() if account is not None and account.personal else None


def _file(entry: CatalogEntry) -> str:
    return f"provisioner/catalog/apps/{entry.id}.yaml"
