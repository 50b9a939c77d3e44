"""What the catalog and the other hub files say against a hub file."""

import pytest

from provisioner.models.catalog import DomainRule
from provisioner.models.network import Limits
from tests.unit.desired.given import (
    GOOD,
    SEALED,
    bot_with,
    catalog_with,
    checked,
    findings,
    hub_with,
    network_with,
    only,
    place,
)


class TestApps:
    def test_an_app_that_the_catalog_does_not_have_suggests_the_nearest(self) -> None:
        finding = only(GOOD.replace("app: docs-site", "app: doc-site"))
        assert (finding.code, place(finding)) == ("unknown-app", (7, 10))
        assert finding.hint == "did you mean `docs-site`?"

    def test_an_app_like_no_other_lists_them_all(self) -> None:
        finding = only(hub_with().replace("docs-site", "mastodon"))
        assert finding.hint == "choose `docs-site` or `telegram-bot`"

    def test_a_badly_written_app_is_told_once(self) -> None:
        assert only(hub_with().replace("docs-site", "Docs_Site")).code == "unknown-app"

    def test_more_apps_than_the_network_allows(self) -> None:
        catalog = network_with(limits=Limits(apps_per_hub=2))
        text = hub_with() + "".join(f"  d{n}: {{app: docs-site}}\n" for n in range(2))
        (finding,) = checked(text, catalog=catalog).findings
        assert (finding.code, place(finding)) == ("too-many-apps", (7, 3))
        assert "asks for 3 apps; the network allows 2" in finding.message
        assert finding.hint.startswith("remove 1, or ask `example-maintainer`")
        assert finding.pointer == "/apps/d1"

    def test_as_many_apps_as_the_network_allows(self) -> None:
        catalog = network_with(limits=Limits(apps_per_hub=1))
        assert not checked(hub_with(), catalog=catalog).findings

    def test_an_unknown_app_does_not_hide_the_mistakes_of_the_next(self) -> None:
        text = hub_with().replace("docs-site", "mastodon")
        text += "  more: {app: docs-site, env: {SITE_TITEL: x}}\n"
        assert [each.code for each in findings(text)] == ["unknown-app", "unknown-variable"]


class TestDomains:
    def test_a_name_of_vercel_is_not_for_us_to_give(self) -> None:
        finding = only(hub_with("domains: [docs.example.org, nairobi.vercel.app]"))
        assert (finding.code, place(finding)) == ("host-name-of-vercel", (6, 33))

    def test_an_app_that_needs_a_domain(self) -> None:
        catalog = catalog_with(domains=DomainRule.REQUIRED)
        for text, where in ((hub_with(), (4, 3)), (hub_with("domains: []"), (6, 5))):
            (finding,) = checked(text, catalog=catalog).findings
            assert (finding.code, place(finding)) == ("missing-domain", where)
        assert not checked(hub_with("domains: [a.example.org]"), catalog=catalog).findings

    def test_domains_that_cannot_be_read_are_not_also_missing(self) -> None:
        catalog = catalog_with(domains=DomainRule.REQUIRED)
        (finding,) = checked(hub_with("domains: a.example.org"), catalog=catalog).findings
        assert finding.code == "wrong-type"

    def test_an_app_that_has_no_domains(self) -> None:
        catalog = catalog_with(domains=DomainRule.NONE)
        (finding,) = checked(hub_with("domains: [a.example.org]"), catalog=catalog).findings
        assert (finding.code, place(finding)) == ("domain-not-allowed", (6, 5))


class TestVariables:
    def test_a_required_variable_that_is_missing_is_told_with_what_it_is_for(self) -> None:
        finding = only(
            bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}').replace("GRAPH_URI", "GRAPH_USER")
        )
        assert (finding.code, place(finding)) == ("missing-variable", (6, 5))
        assert finding.message == "`bot` does not work without the variable `GRAPH_URI`"
        assert finding.pointer == "/apps/bot"
        assert "`GRAPH_URI`" in finding.message
        assert "The address of the graph database" in finding.hint

    def test_a_missing_secret_comes_with_the_command_that_seals_it(self) -> None:
        finding = only(bot_with(""))
        assert 'add `TELEGRAM_TOKEN: {sealed: "v1.…"}` below `env:`' in finding.hint
        assert "`provisioner seal nairobi bot TELEGRAM_TOKEN`" in finding.hint

    def test_without_any_variables_it_is_told_at_the_app(self) -> None:
        text = "name: x\nmaintainers: [a]\napps:\n  bot: {app: telegram-bot}\n"
        assert [place(finding) for finding in findings(text)] == [(4, 3), (4, 3)]

    def test_a_required_variable_that_is_empty(self) -> None:
        text = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}')
        finding = only(text.replace("neo4j+s://graph.example.org", '""'))
        assert (finding.code, place(finding)) == ("missing-variable", (7, 18))
        assert finding.message == "`GRAPH_URI` is empty, and `bot` does not work without it"
        assert finding.pointer == "/apps/bot/env/GRAPH_URI"

    @pytest.mark.parametrize("dots", ["…", "..."])
    def test_dots_in_place_of_a_value_are_no_value(self, dots: str) -> None:
        text = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}')
        finding = only(text.replace("neo4j+s://graph.example.org", dots))
        assert (finding.code, place(finding)) == ("placeholder", (7, 18))
        assert finding.message == "`GRAPH_URI` holds no value yet"
        assert finding.hint == (
            "write the value in place of the dots (The address of the graph database, such as "
            "neo4j+s://graph.example.org)"
        )
        assert findings(hub_with('env: {SITE_TITLE: "Soon …"}')) == ()

    def test_dots_in_place_of_a_secret_are_told_once(self) -> None:
        finding = only(bot_with(f"TELEGRAM_TOKEN: {'…'}"))
        assert finding.pointer == "/apps/bot/env/TELEGRAM_TOKEN"

    def test_a_variable_that_the_app_does_not_know(self) -> None:
        finding = only(hub_with("env: {SITE_TITEL: Nairobi}"))
        assert (finding.code, place(finding)) == ("unknown-variable", (6, 11))
        assert finding.message == "`SITE_TITEL` is no variable of the app `docs-site`"
        assert finding.hint == "did you mean `SITE_TITLE`?"

    def test_a_variable_like_no_other_comes_with_those_that_are_known(self) -> None:
        finding = only(hub_with("env: {COLOUR: red}"))
        assert finding.hint.startswith("remove it; it knows `SITE_TITLE`")

    def test_an_app_without_variables_says_so(self) -> None:
        (finding,) = checked(hub_with("env: {COLOUR: red}"), catalog=catalog_with(env={})).findings
        assert finding.hint == "remove it; it has none"

    def test_a_misspelt_required_variable_is_not_also_missing(self) -> None:
        text = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}')
        assert only(text.replace("GRAPH_URI", "GRAPH_URL")).code == "unknown-variable"

    def test_a_badly_written_variable_is_told_once(self) -> None:
        finding = only(hub_with("env: {site-title: Nairobi}"))
        assert (finding.code, finding.hint) == ("unknown-variable", "did you mean `SITE_TITLE`?")

    def test_variables_that_cannot_be_read_are_not_also_missing(self) -> None:
        text = "name: x\nmaintainers: [a]\napps:\n  bot: {app: telegram-bot, env: [GRAPH_URI]}\n"
        assert only(text).code == "wrong-type"


def test_rules_also_speak_of_a_file_with_other_mistakes() -> None:
    text = hub_with("domains: [docs.example.org, x.vercel.app]\nenv: {TITLE: 5}").replace(
        "name: Nairobi", "name: 5"
    )
    codes = {
        finding.code for finding in findings(text, kisumu=hub_with("domains: [docs.example.org]"))
    }
    assert codes == {"wrong-type", "host-name-of-vercel", "domain-taken", "unknown-variable"}
