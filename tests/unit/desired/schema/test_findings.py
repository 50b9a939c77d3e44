"""Mistakes against the schema: one finding each, in plain words, with a fix that works."""

import pytest

from provisioner.models.finding import Finding
from tests.unit.desired.given import GOOD, bot_with, findings, hub_with, only, place


def test_the_finding_of_the_handbook() -> None:
    assert only(hub_with("domains: docs.example.org")) == Finding(
        code="wrong-type",
        message="`domains` must be a list of host names, and it is a text",
        hint="write it as a list: `domains: [docs.example.org]`",
        line=6,
        column=14,
        pointer="/apps/docs/domains",
    )


def test_what_is_no_host_name_is_told_where_it_stands() -> None:
    finding = only(hub_with("domains: [a.example.org, 192.0.2.1]"))
    assert (finding.code, place(finding)) == ("wrong-host-name", (6, 30))
    assert "IP address" in finding.message


def test_what_is_no_login_is_told_where_it_stands() -> None:
    finding = only(GOOD.replace("[amina-k, joseph-m]", "['@amina-k']"))
    assert (finding.code, place(finding)) == ("wrong-login", (2, 15))
    assert finding.hint == "write `amina-k`"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("8080", 'write `SITE_TITLE: "8080"`'),
        ("012", 'write `SITE_TITLE: "012"`'),
        ("true", 'write `SITE_TITLE: "true"`'),
        ("1.50", 'write `SITE_TITLE: "1.50"`'),
    ],
)
def test_a_number_as_a_value_is_put_in_quotes_as_it_was_written(value: str, hint: str) -> None:
    finding = only(hub_with(f"env: {{SITE_TITLE: {value}}}"))
    assert (finding.code, finding.hint, place(finding)) == ("wrong-type", hint, (6, 23))


@pytest.mark.parametrize("value", ["yes", "no", "on", "1_000", "2026-01-01"])
def test_what_only_looks_like_more_than_a_text_is_fine(value: str) -> None:
    assert findings(hub_with(f"env: {{SITE_TITLE: {value}}}")) == ()


def test_an_empty_value_is_told_at_its_key() -> None:
    finding = only(hub_with("env:\n  SITE_TITLE:"))
    assert (finding.code, place(finding)) == ("no-value", (7, 7))
    assert 'an empty text is `""`' in finding.hint


def test_an_empty_text_is_a_value() -> None:
    assert findings(hub_with('env: {SITE_TITLE: ""}')) == ()


def test_several_names_in_one_text_are_shown_as_a_list() -> None:
    for text in ("amina, joseph", "\n  amina\n  joseph"):
        finding = only(GOOD.replace("[amina-k, joseph-m]", text))
        assert finding.hint == "write it as a list: `maintainers: [amina, joseph]`"


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("domain", "domains"),
        ("enviroment", "env"),
        ("ENV", "env"),
        ("Apps", "app"),
        ("doman", "domains"),
    ],
)
def test_an_unknown_key_suggests_what_comes_nearest(key: str, meant: str) -> None:
    assert only(hub_with(f"{key}: {{}}")).hint == f"did you mean `{meant}`?"


def test_an_unknown_key_suggests_the_one_that_was_meant() -> None:
    finding = only(hub_with("domain: [docs.example.org]"))
    assert (finding.code, place(finding)) == ("unknown-key", (6, 5))
    assert finding.hint == "did you mean `domains`?"


def test_a_key_in_braces_whose_colon_lacks_its_space_keeps_its_value() -> None:
    finding = only(hub_with(top="github: {owner:nairobi}\n"))
    assert finding.hint == "a space is missing after the colon: write `owner: ` and then the value"


def test_a_misspelt_key_is_not_also_missing() -> None:
    assert only(GOOD.replace("maintainers:", "maintainer:")).code == "unknown-key"


def test_a_key_that_belongs_elsewhere_is_shown_its_home() -> None:
    assert (
        "`domains` belongs below the name of an entry of `apps:`"
        in only(hub_with(top="domains: [docs.example.org]\n")).hint
    )
    assert "`maintainers` belongs at the left margin" in only(hub_with("maintainers: [a]")).hint
    assert "`owner` belongs below `github:`" in only(hub_with(top="owner: a\n")).hint


def test_lines_that_lack_their_indentation_give_one_finding() -> None:
    finding = only("name: x\nmaintainers: [a]\napps:\n  docs:\n  app: docs-site\n  env: {A: b}\n")
    assert (finding.code, place(finding)) == ("no-value", (4, 3))
    assert "two more spaces in front of `app` and `env`" in finding.hint


def test_apps_at_the_left_margin_give_one_finding() -> None:
    finding = only("name: x\nmaintainers: [a]\napps:\ndocs:\n  app: docs-site\n")
    assert (finding.code, place(finding)) == ("no-value", (3, 1))
    assert "`docs`" in finding.hint


def test_what_is_missing_is_shown_as_a_line_to_add() -> None:
    found = findings("github: {owner: a}\n")
    assert [(each.code, each.hint) for each in found] == [
        ("missing-key", "add the line `name: Nairobi Commons`"),
        ("missing-key", "add the line `maintainers: [amina-k, joseph-m]`"),
        ("missing-key", "add the line `apps: {docs: {app: docs-site}}`"),
    ]


def test_a_missing_key_of_an_app_is_told_at_the_app() -> None:
    finding = only("name: x\nmaintainers: [a]\napps:\n  docs: {domains: [a.example.org]}\n")
    assert (finding.message, place(finding)) == ("`app` is missing in `docs`", (4, 3))


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("name: ''", "no-value", "`name` is empty"),
        ("name: '   '", "no-value", "`name` is empty"),
        ('name: "a\\nb"', "wrong-text", "line break"),
        ('name: "a\\e[31m"', "wrong-text", "control character"),
        (f"name: {'x' * 101}", "too-much", "at most 100 characters"),
        ("name: [a]", "wrong-type", "a name on one line, and it is a list"),
        ("name: 5", "wrong-type", "it is a number"),
    ],
)
def test_a_wrong_name_of_the_hub(line: str, code: str, words: str) -> None:
    finding = only(GOOD.replace("name: Nairobi Commons", line))
    assert (finding.code, place(finding)) == (code, (1, 7))
    assert words in finding.message


@pytest.mark.parametrize(
    ("app", "fix"),
    [("Docs", "`docs`"), ("our docs", "`our-docs`"), ("docs--x", "`docs-x`"), ("d_o", "`d-o`")],
)
def test_a_wrong_name_of_an_app_is_told_at_its_key(app: str, fix: str) -> None:
    finding = only(GOOD.replace("  docs:", f"  {app}:"))
    assert (finding.code, place(finding)) == ("wrong-app-name", (6, 3))
    assert fix in finding.hint


def test_a_wrong_team() -> None:
    for team, fix in (("https://vercel.com/nairobi", "`nairobi`"), ("team_a1B2", "team's id")):
        finding = only(GOOD.replace("{team: nairobi-commons}", f"{{team: {team}}}"))
        assert finding.code == "wrong-team"
        assert fix in finding.hint


def test_a_text_where_a_group_is_expected_shows_the_group() -> None:
    finding = only(GOOD.replace("{owner: nairobi-commons}", "nairobi"))
    assert finding.hint == "write `github: {owner: nairobi}`"
    finding = only("name: x\nmaintainers: [a]\napps:\n  docs: docs-site\n")
    assert finding.hint == "write `docs: {app: docs-site}`"
    finding = only("name: x\nmaintainers: [a]\napps: docs-site\n")
    assert finding.hint == "write it as in `apps: {docs: {app: docs-site}}`"


def test_yes_is_not_true() -> None:
    assert only(hub_with("adopt: yes")).hint == "write `adopt: true`"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ('{sealed: "…"}', "placeholder"),
        ('{sealed: ""}', "placeholder"),
        ("{sealed: <paste here>}", "placeholder"),
        ("{sealed: v1.abc}", "damaged-sealed-value"),
        ("{sealed: hunter2 and more}", "secret-in-plain-text"),
        ("{seald: x}", "unknown-key"),
        ("{sealed: 5}", "wrong-type"),
        ("{}", "wrong-type"),
        ("{plain: x}", "wrong-type"),
        ("[x]", "wrong-type"),
    ],
)
def test_a_sealed_value_that_is_none(value: str, code: str) -> None:
    finding = only(bot_with(f"TELEGRAM_TOKEN: {value}"))
    assert finding.code == code
    if code in ("placeholder", "damaged-sealed-value", "secret-in-plain-text"):
        assert "provisioner seal nairobi bot TELEGRAM_TOKEN" in finding.hint


def test_a_value_that_no_variable_can_hold() -> None:
    assert only(hub_with('env: {SITE_TITLE: "a\\0b"}')).code == "wrong-text"


def test_too_many_of_anything() -> None:
    many = ", ".join(f"a{n}.example.org" for n in range(21))
    finding = only(hub_with(f"domains: [{many}]"))
    assert (finding.code, place(finding)) == ("too-much", (6, 14))
    assert finding.message == "`domains` must have at most 20 entries, and it has 21 entries"


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    text = (
        "name: 5\nmaintainers: amina\nvercel: {team: X}\napps:\n  A: {app: docs-site, domains: x}\n"
    )
    found = findings(text)
    assert [place(each) for each in found] == [(1, 7), (2, 14), (3, 16), (5, 3), (5, 32)]
    assert [place(each) for each in found] == sorted(place(each) for each in found)


def test_a_value_that_looks_secret_is_not_repeated_in_a_finding() -> None:
    token = "ghp_" + "a1B2" * 9
    for text in (hub_with(f"domains: ['{token}']"), hub_with(f"domains: '{token}'")):
        assert all(token not in each.message + each.hint for each in findings(text))
