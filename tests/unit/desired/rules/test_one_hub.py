"""What the catalog and the other hub files say against a hub file."""

import pytest

from provisioner.clock import SystemClock
from provisioner.desired.catalog import Catalog
from provisioner.models.catalog import CatalogApp, CatalogEntry, CopyMethod, DomainRule
from provisioner.models.finding import Severity
from provisioner.models.network import Limits
from provisioner.secrets.sealing import generate_keypair, seal
from tests.unit.desired.given import (
    GOOD,
    SEALED,
    bot_with,
    checked,
    desired,
    findings,
    hub_with,
    only,
    own_catalog,
    place,
)


def catalog_with(**settings: object) -> Catalog:
    """The catalog, with other settings of the app `docs-site`."""
    entry = own_catalog().entries["docs-site"]
    app = CatalogApp.model_validate({**entry.app.model_dump(by_alias=True), **settings})
    entries = {**own_catalog().entries, "docs-site": CatalogEntry(id="docs-site", app=app)}
    return Catalog(own_catalog().network, entries)


def network_with(**settings: object) -> Catalog:
    network = own_catalog().network.model_copy(update=settings)
    return Catalog(network, own_catalog().entries)


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
        assert "`example-maintainer`" in finding.hint


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

    def test_a_domain_of_two_hubs_is_told_to_both(self) -> None:
        files = {
            "nairobi.yaml": hub_with("domains: [docs.example.org]"),
            "kisumu.yaml": hub_with("domains: [a.example.org, docs.example.org]"),
        }
        nairobi, kisumu = desired(files).files
        assert [finding.code for finding in nairobi.findings] == ["domain-taken"]
        assert "in `hubs/kisumu.yaml`, line 6" in nairobi.findings[0].message
        assert "in `hubs/nairobi.yaml`, line 6" in kisumu.findings[0].message
        assert place(kisumu.findings[0]) == (6, 30)

    def test_a_domain_is_the_same_however_it_is_spelt(self) -> None:
        found = findings(
            hub_with("domains: [docs.example.org]"), kisumu=hub_with("domains: [Docs.Example.Org.]")
        )
        assert [finding.code for finding in found] == ["domain-taken"]

    def test_a_domain_twice_in_one_hub_is_told_where_it_stands_again(self) -> None:
        finding = only(hub_with("domains: [a.example.org, a.example.org]"))
        assert (finding.code, place(finding)) == ("domain-twice", (6, 30))
        assert "line 6" in finding.message

    def test_an_example_claims_no_domain(self) -> None:
        text = hub_with("domains: [docs.example.org]")
        files = desired({"nairobi.yaml": text, "_example.yaml": text}).files
        assert [file.findings for file in files] == [(), ()]


class TestVariables:
    def test_a_required_variable_that_is_missing_is_told_with_what_it_is_for(self) -> None:
        finding = only(
            bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}').replace("GRAPH_URI", "GRAPH_USER")
        )
        assert (finding.code, place(finding)) == ("missing-variable", (6, 5))
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

    def test_a_variable_that_the_app_does_not_know(self) -> None:
        finding = only(hub_with("env: {SITE_TITEL: Nairobi}"))
        assert (finding.code, place(finding)) == ("unknown-variable", (6, 11))
        assert finding.hint == "did you mean `SITE_TITLE`?"

    def test_a_misspelt_required_variable_is_not_also_missing(self) -> None:
        text = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}')
        assert only(text.replace("GRAPH_URI", "GRAPH_URL")).code == "unknown-variable"

    def test_a_badly_written_variable_is_told_once(self) -> None:
        finding = only(hub_with("env: {site-title: Nairobi}"))
        assert (finding.code, finding.hint) == ("unknown-variable", "did you mean `SITE_TITLE`?")

    def test_variables_that_cannot_be_read_are_not_also_missing(self) -> None:
        text = "name: x\nmaintainers: [a]\napps:\n  bot: {app: telegram-bot, env: [GRAPH_URI]}\n"
        assert only(text).code == "wrong-type"


class TestSealedValues:
    def test_a_value_sealed_with_another_key_is_a_warning(self) -> None:
        present, older = generate_keypair(), generate_keypair()
        catalog = network_with(sealing_key=present.public)
        for pair, codes in ((present, []), (older, ["sealed-with-another-key"])):
            sealed = seal(
                pair.public, "nairobi", "bot", "TELEGRAM_TOKEN", "secret", SystemClock().now()
            )
            file = checked(bot_with(f'TELEGRAM_TOKEN: {{sealed: "{sealed}"}}'), catalog=catalog)
            assert [finding.code for finding in file.findings] == codes
            assert not file.errors

    def test_the_example_may_be_sealed_with_any_key(self) -> None:
        catalog = network_with(sealing_key=generate_keypair().public)
        assert not checked(GOOD, "_example.yaml", catalog).findings

    def test_a_sealed_value_copied_from_the_example_opens_nowhere_else(self) -> None:
        files = desired({"nairobi.yaml": GOOD, "_example.yaml": GOOD}).files
        (finding,) = files[0].findings
        assert (finding.code, place(finding)) == ("sealed-elsewhere", (14, 32))
        assert "`provisioner seal nairobi bot TELEGRAM_TOKEN`" in finding.hint
        assert files[1].findings == ()

    def test_the_same_placeholder_twice_is_no_copy(self) -> None:
        text = bot_with('TELEGRAM_TOKEN: {sealed: "…"}\nGRAPH_PASSWORD: {sealed: "…"}')
        assert {finding.code for finding in findings(text)} == {"placeholder"}


class TestForks:
    def test_a_second_fork_for_one_owner_is_a_warning(self) -> None:
        text = GOOD.replace("    domains: [docs.nairobi.example.org]\n", "").replace(SEALED, "{}")
        files = desired(
            {
                "nairobi.yaml": text.replace("{}", SEALED),
                "kisumu.yaml": text.replace("{}", SEALED.replace("A", "B")),
            }
        )
        for file in files.files:
            assert {finding.code for finding in file.findings} == {"second-fork"}
            assert {finding.severity for finding in file.findings} == {Severity.WARNING}
        assert set(files.hubs) == {"nairobi", "kisumu"}

    def test_in_one_hub_only_the_second_is_told(self) -> None:
        finding = only(hub_with(top="github: {owner: x}\n") + "  more: {app: docs-site}\n")
        assert (finding.code, place(finding)) == ("second-fork", (7, 15))

    @pytest.mark.parametrize("copy", [CopyMethod.TEMPLATE, CopyMethod.FORK])
    def test_template_copies_and_the_owner_of_the_source_never_fork(self, copy: CopyMethod) -> None:
        owner = "x" if copy is CopyMethod.TEMPLATE else "Example-Network"
        text = hub_with(top=f"github: {{owner: {owner}}}\n") + "  more: {app: docs-site}\n"
        assert not checked(text, catalog=catalog_with(copy=copy)).findings


def test_curly_quotes_around_a_value_are_a_warning() -> None:
    finding = only(hub_with("env: {SITE_TITLE: “Nairobi”}"))
    assert (finding.code, finding.severity) == ("curly-quotes", Severity.WARNING)


def test_rules_also_speak_of_a_file_with_other_mistakes() -> None:
    text = hub_with("domains: [docs.example.org, x.vercel.app]\nenv: {TITLE: 5}").replace(
        "name: Nairobi", "name: 5"
    )
    codes = {
        finding.code for finding in findings(text, kisumu=hub_with("domains: [docs.example.org]"))
    }
    assert codes == {"wrong-type", "host-name-of-vercel", "domain-taken", "unknown-variable"}
