"""What goes wrong in set-ups: the vocabulary in which faults are planted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from provisioner.models.diagnosis import CheckState
from tests.scenario.network import DOCS
from tests.scenario.setup import REPOSITORY, SetUp, line, names

SOURCE = "example-network/docs-site"
SECOND = DOCS.replace("docs.nairobi", "docs.mombasa").replace("Nairobi", "Mombasa")


@dataclass(frozen=True)
class Fault:
    """`also` are lines that are not ok for the same reason; all others have to be well."""

    name: str
    plant: Callable[[SetUp], object]
    detail: str
    hint: str
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}"


def assert_found_alone(here: SetUp, fault: Fault) -> None:
    """Its line says what is wrong and how to fix it; nothing else is claimed, nothing changed."""
    fault.plant(here)

    diagnosis = here.diagnose()

    found = line(diagnosis, fault.name)
    assert found.state is CheckState.NOT_OK
    assert fault.detail in found.detail
    assert fault.hint in found.hint
    assert set(names(diagnosis, CheckState.NOT_OK)) == {fault.name, *fault.also}
    assert {item.method for item in here.network.requests()} <= {"GET"}


def in_another_repository(here: SetUp) -> None:
    """The network's repository is a real one's, and network.yaml was not edited."""
    here.sandbox.control.rename_repository(REPOSITORY, "our-network/hubs")
    here.network.environ["GITHUB_REPOSITORY"] = "our-network/hubs"


def protection(**more: object) -> Callable[[SetUp], None]:
    """The default branch is protected as docs/set-up.md says, but for this."""
    return lambda here: here.protect(**more)


def journal_protection(**more: object) -> Callable[[SetUp], None]:
    return lambda here: here.protect_journal(**more)


def without_code_owners(here: SetUp) -> None:
    here.sandbox.control.push({".github/CODEOWNERS": None})


def another_default_branch(here: SetUp) -> None:
    """As protected as the other one, but no workflow file knows its name."""
    github_world = here.sandbox.github
    repository = github_world.network_repository()
    head = repository.git.head(repository.default_branch)
    github_world.repositories.move(repository, "trunk", head)
    repository.default_branch = "trunk"
    here.protect(branch="trunk")


def without_key_in_catalog(here: SetUp) -> None:
    lines = (here.catalog / "network.yaml").read_text(encoding="utf-8").splitlines()
    kept = [one for one in lines if not one.startswith("sealing_key")]
    (here.catalog / "network.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")


def without_any_key(here: SetUp) -> None:
    without_key_in_catalog(here)
    here.lack("PROVISIONER_SEALING_KEY")


def with_environ(**values: str) -> Callable[[SetUp], object]:
    return lambda here: here.network.environ.update(values)


def lacking(name: str) -> Callable[[SetUp], object]:
    return lambda here: here.lack(name)


def github(order: str, **fields: object) -> Callable[[SetUp], object]:
    """Something that somebody did, or left undone, on GitHub."""
    return lambda here: getattr(here.sandbox.control, order)(**fields)


def vercel(**fields: object) -> Callable[[SetUp], object]:
    return lambda here: here.sandbox.control.set_vercel(**fields)


def administrator(then: Callable[[SetUp], object]) -> Callable[[SetUp], object]:
    """Seen by somebody to whom GitHub shows the settings."""

    def plant(here: SetUp) -> None:
        here.as_person()
        then(here)

    return plant


def source(**fields: object) -> Callable[[SetUp], object]:
    return github("set_repository", full_name=SOURCE, **{"template": True, **fields})


def emptied_source(here: SetUp) -> None:
    here.sandbox.control.delete_repository(SOURCE)
    here.sandbox.control.set_repository(full_name=SOURCE, template=True)


def two_hubs_of_one_owner(here: SetUp) -> None:
    source(template=False)(here)
    here.network.write("mombasa", SECOND)


def template_that_is_none(here: SetUp) -> None:
    source(template=False)(here)
    here.edit("apps/docs-site.yaml", "copy: fork", "copy: template")


def private_source_of_a_strict_owner(here: SetUp) -> None:
    source(private=True)(here)
    here.sandbox.control.set_account(login="example-network", role="admin", forks_of_private=False)


def read_only_person(here: SetUp) -> None:
    here.as_person()
    here.sandbox.control.set_account(login="example-network", administered=False)


def later(hours: float) -> Callable[[SetUp], object]:
    return lambda here: here.clock.advance(timedelta(hours=hours).total_seconds())


def ending_in(days: int) -> Callable[[SetUp], object]:
    return lambda here: here.sandbox.control.set_behaviour(
        token_ends=here.clock.now() + timedelta(days=days)
    )
