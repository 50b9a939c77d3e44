"""Putting domains on a project: what is refused, by whom, and what the others do meanwhile."""

import pytest

from provisioner.actions.attach_domains import AttachDomains
from provisioner.engine.step import Assessment
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    TokenRefused,
)
from provisioner.hosting.vercel.problems import ATTACHING
from provisioner.models.plan import Verdict
from provisioner.models.remote import AttachedDomain, DomainAdvice
from tests.unit.actions.hosted import Hosted, app, as_told, done, readers, writers
from tests.unit.refusing import refused_by

FIRST, SECOND = "docs.example.org", "www.example.org"
SITE = app(domains=(FIRST, SECOND))


def refusal(status: int, code: str = "", said: str = "", **body: object) -> RemoteError:
    return as_told(ATTACHING, refused_by("Vercel", status, said, code, body=body))


class Refusing:
    """Takes every domain but those that it refuses."""

    def __init__(self, **errors: RemoteError) -> None:
        self.taken: list[str] = []
        self._errors = {f"{name}.example.org": error for name, error in errors.items()}

    def attach_domain(self, team: str, project: str, domain: str) -> None:
        if domain in self._errors:
            raise self._errors[domain]
        self.taken.append(domain)


def look() -> Assessment:
    return AttachDomains().assess(SITE, readers(Hosted()), frozenset(), None)


def refused(error: RemoteError) -> ProvisionerError:
    with pytest.raises(ProvisionerError) as caught:
        done(AttachDomains(), SITE, writers(Refusing(docs=error)), look())
    return caught.value


IN_USE = refusal(409, "domain_already_in_use", domain={"projectId": "prj_9"}, projectId="prj_1")


def test_a_domain_that_is_held_does_not_keep_the_others_back() -> None:
    host = Refusing(docs=IN_USE)

    handle = done(AttachDomains(), SITE, writers(host), look())

    assert host.taken == [SECOND]
    assert handle == '{"docs.example.org": "prj_9"}'


def test_a_domain_that_is_here_already_is_no_failure() -> None:
    host = Refusing(docs=refusal(400, "domain_already_exists"))

    assert done(AttachDomains(), SITE, writers(host), look()) is None
    assert host.taken == [SECOND]


@pytest.mark.parametrize(
    ("error", "who", "words"),
    [
        (refusal(400, said="… latest production deployment …"), "maintainer", "after a good build"),
        (refusal(409, "conflict", "in transfer"), "facilitator", "handed over"),
        (refusal(403, "forbidden"), "facilitator", f"may not use {FIRST}"),
    ],
    ids=["too early", "in transfer", "not allowed"],
)
def test_what_passes_is_waited_for(error: RemoteError, who: str, words: str) -> None:
    told = refused(error)

    assert isinstance(told, NotYet)
    assert told.who == who
    assert words in told.message


@pytest.mark.parametrize("code", ["invalid_domain", "too_many_domains"])
def test_what_a_person_has_to_change_fails(code: str) -> None:
    told = refused(refusal(400, code))

    assert isinstance(told, FatalError)
    assert told.who == "facilitator"


def test_a_token_that_is_refused_is_not_taken_for_a_refused_domain() -> None:
    error = TokenRefused("no", service="Vercel", effect=Effect.NONE, status=403, code="forbidden")

    assert refused(error) is error


def test_while_one_is_waited_for_the_entries_of_the_others_are_told() -> None:
    other = AttachedDomain(name=SECOND, zone="example.org", verified=True)
    hosted = Hosted(attached=[other], advice={SECOND: DomainAdvice(misconfigured=True)})

    found = AttachDomains().assess(SITE, readers(hosted), frozenset(), '{"docs.example.org": ""}')

    assert found.dns == ()
    assert f"{FIRST} is in use by another Vercel account." in found.detail


def test_a_domain_is_asked_for_again_when_the_next_run_looks() -> None:
    assert look().verdict is Verdict.CREATE
    assert look().detail == f"Connect {FIRST}, {SECOND}."
