"""A hub file with mistakes is understood as far as it can be, and the rest is passed over."""

import pytest

from provisioner.desired.rules.view import SeenApp, SeenHub, sealed_text, see
from tests.unit.desired.given import GOOD, SEALED, checked


def seen(text: str) -> SeenHub:
    return see(checked(text).document, "nairobi", example=False)


def app(settings: str) -> SeenApp:
    (only,) = seen(f"apps:\n  docs: {settings}\n").apps
    return only


def test_a_good_file_is_seen_whole() -> None:
    document = checked(GOOD).document
    hub = see(document, "nairobi", example=True)
    assert (hub.document, hub.id, hub.example) == (document, "nairobi", True)
    assert (hub.owner, hub.accounts) == ("nairobi-commons", {"vercel": "nairobi-commons"})
    assert hub.maintainers == ("amina-k", "joseph-m")
    docs, bot = hub.apps
    assert docs == SeenApp(
        id="docs",
        pointer="/apps/docs",
        app="docs-site",
        domains=(("/apps/docs/domains/0", "docs.nairobi.example.org"),),
        domains_readable=True,
        env={"SITE_TITLE": "Nairobi Commons"},
    )
    assert (bot.app, bot.domains, bot.domains_readable) == ("telegram-bot", (), True)
    assert not see(document, "nairobi", example=False).example


@pytest.mark.parametrize("text", ["", "- a\n", "name: [\n", "name: x\n"])
def test_a_file_that_says_nothing_of_a_hub_is_an_empty_hub(text: str) -> None:
    hub = seen(text)
    assert (hub.owner, hub.accounts, hub.maintainers, hub.apps) == (None, {}, (), ())


@pytest.mark.parametrize("wrong", ["5", "nairobi", "[nairobi]", "{owner: 5, team: 5}", ""])
def test_an_account_of_a_wrong_type_is_passed_over(wrong: str) -> None:
    hub = seen(f"github: {wrong}\nvercel: {wrong}\n")
    assert (hub.owner, hub.accounts) == (None, {})


def test_entries_of_a_wrong_type_are_passed_over_and_the_others_keep_their_places() -> None:
    assert seen("maintainers: [5, amina-k, {a: b}, joseph-m]\n").maintainers == (
        "amina-k",
        "joseph-m",
    )
    assert app("{domains: [5, a.example.org]}").domains == (
        ("/apps/docs/domains/1", "a.example.org"),
    )


def test_what_an_app_leaves_out_is_empty_and_can_be_judged() -> None:
    found = app("{app: docs-site}")
    assert (found.domains, found.domains_readable, found.env) == ((), True, {})


@pytest.mark.parametrize("settings", ["docs-site", "[app]", "5"])
def test_of_an_app_that_is_no_group_nothing_is_said_to_be_missing(settings: str) -> None:
    found = app(settings)
    assert (found.app, found.domains_readable, found.env) == (None, False, None)


def test_of_an_app_that_has_its_finding_already_nothing_is_said_to_be_missing() -> None:
    found = app("!site {app: docs-site, domains: [a.example.org]}")
    assert (found.app, found.domains_readable, found.env) == ("docs-site", False, None)


def test_domains_and_variables_of_a_wrong_type_cannot_be_read() -> None:
    found = app("{app: 5, domains: a.example.org, env: [A]}")
    assert (found.app, found.domains, found.domains_readable, found.env) == (None, (), False, None)
    other = app("{domains: a.example.org, env: {A: b}}")
    assert (other.domains_readable, other.env) == (False, {"A": "b"})


def test_a_name_with_a_slash_is_one_part_of_a_pointer() -> None:
    (found,) = seen("apps:\n  a/b: {domains: [x.example.org]}\n").apps
    assert found.pointer == "/apps/a~1b"
    assert found.domains == (("/apps/a~1b/domains/0", "x.example.org"),)
    assert found.variable("C/D") == "/apps/a~1b/env/C~1D"


def test_a_variables_place_is_what_seals_for_it() -> None:
    place = app("{app: docs-site}").place("nairobi", "TOKEN")
    assert (place.hub, place.parts) == ("nairobi", ("apps", "docs", "env", "TOKEN"))
    assert place.seal_command == "provisioner seal nairobi docs TOKEN"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"sealed": SEALED}, SEALED),
        ({"sealed": ""}, ""),
        ({"sealed": 5}, None),
        ({"other": "x"}, None),
        ("sealed", None),
        (None, None),
    ],
)
def test_the_text_within_a_sealed_value_is_taken_from_that_form_alone(
    value: object, text: str | None
) -> None:
    assert sealed_text(value) == text
