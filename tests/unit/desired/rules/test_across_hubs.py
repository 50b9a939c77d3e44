"""What two hubs cannot both have is told to each of them, with where the other one stands."""

import pytest

from provisioner.models.catalog import CopyMethod
from provisioner.models.finding import Finding, Severity
from tests.unit.desired.given import (
    GOOD,
    SEALED,
    bot_with,
    catalog_with,
    checked,
    desired,
    findings,
    hub_with,
    only,
    place,
)

DOCS = "domains: [docs.example.org]"


def told(code: str, files: dict[str, str]) -> list[tuple[str, tuple[int, int]]]:
    """The files that have a finding of this code, and where."""
    return [
        (file.hub, place(each))
        for file in desired(files).files
        for each in file.findings
        if each.code == code
    ]


def of_code(code: str, found: tuple[Finding, ...]) -> Finding:
    (finding,) = [each for each in found if each.code == code]
    return finding


def test_a_domain_of_two_hubs_is_told_to_both() -> None:
    files = {
        "nairobi.yaml": hub_with("domains: [docs.example.org]"),
        "kisumu.yaml": hub_with("domains: [a.example.org, docs.example.org]"),
    }
    nairobi, kisumu = desired(files).files
    assert [finding.code for finding in nairobi.findings] == ["domain-taken"]
    assert "in `hubs/kisumu.yaml`, line 6" in nairobi.findings[0].message
    assert "in `hubs/nairobi.yaml`, line 6" in kisumu.findings[0].message
    assert place(kisumu.findings[0]) == (6, 30)


def test_a_domain_is_the_same_however_it_is_spelt() -> None:
    found = findings(
        hub_with("domains: [docs.example.org]"), kisumu=hub_with("domains: [Docs.Example.Org.]")
    )
    assert [finding.code for finding in found] == ["domain-taken"]


def test_a_domain_twice_in_one_hub_is_told_where_it_stands_again() -> None:
    finding = only(hub_with("domains: [a.example.org, a.example.org]"))
    assert (finding.code, place(finding)) == ("domain-twice", (6, 30))
    assert "line 6" in finding.message


def test_an_example_claims_no_domain() -> None:
    text = hub_with("domains: [docs.example.org]")
    files = desired({"_example.yaml": text, "_other.yaml": text}).files
    assert [file.findings for file in files] == [(), ()]


def test_a_sealed_value_copied_from_the_example_opens_nowhere_else() -> None:
    files = desired({"nairobi.yaml": GOOD, "_example.yaml": GOOD}).files
    (finding,) = (one for one in files[0].findings if one.code != "leftover")
    assert (finding.code, place(finding)) == ("sealed-elsewhere", (14, 32))
    assert "`provisioner seal nairobi bot TELEGRAM_TOKEN`" in finding.hint
    assert files[1].findings == ()


def test_the_same_placeholder_twice_is_no_copy() -> None:
    text = bot_with('TELEGRAM_TOKEN: {sealed: "…"}\nGRAPH_PASSWORD: {sealed: "…"}')
    assert {finding.code for finding in findings(text)} == {"placeholder"}


def test_a_second_fork_for_one_owner_is_a_warning() -> None:
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


def test_in_one_hub_only_the_second_is_told() -> None:
    finding = only(hub_with(top="github: {owner: x}\n") + "  more: {app: docs-site}\n")
    assert (finding.code, place(finding)) == ("second-fork", (7, 15))


@pytest.mark.parametrize("copy", [CopyMethod.TEMPLATE, CopyMethod.FORK])
def test_template_copies_and_the_owner_of_the_source_never_fork(copy: CopyMethod) -> None:
    owner = "x" if copy is CopyMethod.TEMPLATE else "Example-Network"
    text = hub_with(top=f"github: {{owner: {owner}}}\n") + "  more: {app: docs-site}\n"
    assert not checked(text, catalog=catalog_with(copy=copy)).findings


def test_a_sealed_value_written_in_another_form_is_still_a_copy() -> None:
    """base64url has spare bits at its end: another last character, the same box."""
    sealed = "v1.AbCd_123." + "A" * 151
    text = "name: x\nmaintainers: [a]\napps:\n  bot:\n    app: telegram-bot\n    env:\n"
    text += "      GRAPH_URI: neo4j+s://graph.example.org\n      TELEGRAM_TOKEN: {sealed: SEALED}\n"
    kisumu = text.replace("SEALED", sealed[:-1] + "B")
    assert only(text.replace("SEALED", sealed), kisumu=kisumu).code == "sealed-elsewhere"
    assert checked(text.replace("SEALED", sealed)).findings == ()


def test_what_to_do_about_a_domain_of_two_is_said() -> None:
    finding = only(hub_with(DOCS), kisumu=hub_with(DOCS))
    assert (finding.is_error, finding.pointer) == (True, "/apps/docs/domains/0")
    assert finding.message == (
        "`docs.example.org` is already asked for in `hubs/kisumu.yaml`, line 6"
    )
    assert "choose another, or remove one of the two" in finding.hint


def test_a_domain_again_in_the_same_file_is_told_without_the_files_name() -> None:
    finding = only(hub_with("domains: [a.example.org, a.example.org]"))
    assert finding.message == "`a.example.org` is already asked for in line 6"
    assert finding.pointer == "/apps/docs/domains/1"


def test_a_domain_of_three_hubs_is_told_to_each_of_them() -> None:
    files = {f"{hub}.yaml": hub_with(DOCS) for hub in ("kisumu", "lagos", "nairobi")}
    assert [hub for hub, _ in told("domain-taken", files)] == ["kisumu", "lagos", "nairobi"]


def test_a_domain_twice_here_and_once_there_is_another_hubs_before_all() -> None:
    twice = hub_with("domains: [docs.example.org, docs.example.org]")
    files = {"kisumu.yaml": twice, "nairobi.yaml": hub_with(DOCS)}
    assert told("domain-taken", files) == [
        ("kisumu", (6, 15)),
        ("kisumu", (6, 33)),
        ("nairobi", (6, 15)),
    ]
    assert told("domain-twice", files) == []


def test_a_domain_of_two_apps_of_one_hub_is_told_at_the_later_app() -> None:
    text = hub_with(DOCS) + "  more:\n    app: telegram-bot\n    domains: [docs.example.org]\n"
    assert told("domain-twice", {"nairobi.yaml": text}) == [("nairobi", (9, 15))]


def test_a_sealed_value_again_in_the_same_file_is_told_there() -> None:
    text = bot_with(
        f'GRAPH_PASSWORD: {{sealed: "{SEALED}"}}\nTELEGRAM_TOKEN: {{sealed: "{SEALED}"}}'
    )
    finding = of_code("sealed-elsewhere", findings(text))
    assert place(finding) == (9, 32)
    assert finding.pointer == "/apps/bot/env/TELEGRAM_TOKEN/sealed"
    assert finding.message == (
        "this sealed value also stands in line 8, and it opens at one place only"
    )
    assert finding.hint == (
        "seal the secret for this place with `provisioner seal nairobi bot TELEGRAM_TOKEN`"
    )


def test_a_sealed_value_twice_in_the_example_itself_is_told() -> None:
    text = bot_with(
        f'GRAPH_PASSWORD: {{sealed: "{SEALED}"}}\nTELEGRAM_TOKEN: {{sealed: "{SEALED}"}}'
    )
    assert told("sealed-elsewhere", {"_example.yaml": text}) == [("_example", (9, 32))]


def test_the_example_does_not_end_the_search_for_a_copy_in_the_hubs_after_it() -> None:
    bot = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{SEALED}"}}')
    files = {"_example.yaml": bot, "kisumu.yaml": bot, "nairobi.yaml": bot}
    assert [hub for hub, _ in told("sealed-elsewhere", files)] == ["kisumu", "nairobi"]


def test_a_value_that_was_never_sealed_is_no_copy_of_another() -> None:
    text = bot_with("TELEGRAM_TOKEN: {sealed: hunter2hunter2}")
    assert told("sealed-elsewhere", {"nairobi.yaml": text, "kisumu.yaml": text}) == []


def test_a_second_fork_is_told_with_the_first_and_what_it_means() -> None:
    owner = "github: {owner: Riverside}\n"
    files = {
        "kisumu.yaml": hub_with(top=owner),
        "nairobi.yaml": hub_with(top=owner.lower()),
    }
    first, second = (file.findings for file in desired(files).files)
    finding = of_code("second-fork", first)
    assert finding.pointer == "/apps/docs/app"
    assert finding.message == (
        "`riverside` can hold one fork of `example-network/docs-site`, and one is also asked for "
        "in `hubs/nairobi.yaml`, line 6; the later one will be a copy without a link to the source"
    )
    assert "name another `github: {owner: …}`" in finding.hint
    assert of_code("second-fork", second).line == 6


def test_a_hub_without_an_owner_forks_for_the_network() -> None:
    """The network owns the source itself, so there is nothing to fork."""
    assert told("second-fork", {"kisumu.yaml": hub_with(), "nairobi.yaml": hub_with()}) == []


def test_two_owners_may_each_hold_a_fork() -> None:
    files = {f"{hub}.yaml": hub_with(top=f"github: {{owner: {hub}}}\n") for hub in ("aa", "bb")}
    assert told("second-fork", files) == []


def test_an_app_that_the_catalog_does_not_have_does_not_hide_the_fork_after_it() -> None:
    text = hub_with(top="github: {owner: x}\n").replace(
        "  docs:\n", "  odd: {app: mastodon}\n  docs:\n"
    )
    text += "  more: {app: docs-site}\n"
    assert told("second-fork", {"nairobi.yaml": text}) == [("nairobi", (8, 15))]


def test_an_example_forks_nothing() -> None:
    text = hub_with(top="github: {owner: x}\n")
    assert told("second-fork", {"_example.yaml": text, "nairobi.yaml": text}) == []


def test_a_file_beside_others_without_rivals_has_no_finding() -> None:
    other = hub_with("domains: [other.example.org]", top="github: {owner: y}\n")
    assert findings(hub_with(DOCS, top="github: {owner: x}\n"), kisumu=other) == ()
