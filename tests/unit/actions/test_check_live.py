"""Who is asked when a page is not live: whoever can help the most urgent of its troubles."""

import pytest

from provisioner.actions.check_live import CheckLive
from provisioner.engine.step import Assessment, Progress
from provisioner.models.plan import Actor
from provisioner.models.remote import PageObservation, PageTrouble
from tests.unit.actions.hosted import Hosted, app, readers

NAMES = tuple(f"{label}.example.org" for label in ("a", "b", "c", "d", "e"))


def looked(*troubles: PageTrouble | None) -> Assessment:
    """Each domain of a site with its trouble."""
    names = NAMES[: len(troubles)]
    pages = {
        name: PageObservation(trouble=trouble, reason=f"it is {trouble}")
        for name, trouble in zip(names, troubles, strict=True)
    }
    site = app(domains=names)
    return CheckLive().assess(site, readers(Hosted(pages=pages)), frozenset(), None)


def test_it_is_live_when_every_domain_answers() -> None:
    found = looked(None, None)

    assert found.satisfied
    assert (found.detail, found.url) == ("a.example.org answers.", "https://a.example.org")


@pytest.mark.parametrize("trouble", list(PageTrouble))
def test_one_trouble_is_enough_not_to_be_live(trouble: PageTrouble) -> None:
    found = looked(None, trouble)

    assert (found.satisfied, found.progress, found.url) == (False, Progress.MOVING, None)
    assert found.detail == f"b.example.org: it is {trouble}."


@pytest.mark.parametrize(
    ("troubles", "who"),
    [
        ((PageTrouble.NO_CERTIFICATE, PageTrouble.SLOW, PageTrouble.UNREACHABLE), Actor.NOBODY),
        ((PageTrouble.NO_CERTIFICATE, PageTrouble.FAULTY), Actor.MAINTAINER),
        ((PageTrouble.FAULTY, PageTrouble.PROTECTED), Actor.FACILITATOR),
        ((PageTrouble.SLOW, PageTrouble.LEADS_AWAY), Actor.FACILITATOR),
        ((PageTrouble.WRONG_CERTIFICATE,), Actor.FACILITATOR),
    ],
)
def test_who_can_help(troubles: tuple[PageTrouble, ...], who: Actor) -> None:
    found = looked(*troubles)

    assert found.who is who
    assert found.hint


def test_of_many_domains_a_few_are_told() -> None:
    found = looked(*[PageTrouble.SLOW] * 5)

    assert found.detail.count("it is slow") == 3
    assert found.detail.endswith("; and 2 more.")


def test_without_a_domain_the_hosts_name_is_looked_at() -> None:
    found = CheckLive().assess(app(), readers(Hosted()), frozenset(), None)

    assert found.url == "https://nairobi--docs.vercel.app"
