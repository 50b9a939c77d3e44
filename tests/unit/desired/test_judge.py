"""Every finding of a file is told once, in its order; of too many the important ones are kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from provisioner.desired.catalog import Catalog
from provisioner.desired.judge import MOST_FINDINGS, Judges, judge
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.source import Source, read_source, source_of
from provisioner.desired.rules.view import SeenHub
from provisioner.models.finding import Finding, Severity
from tests.unit.desired.given import (
    GOOD,
    bot_with,
    checked,
    findings,
    hub_with,
    only,
    own_catalog,
    place,
)

GITHUB = "ghp_" + "a1B2c3" * 6
WRONG = ", ".join(f"x{n}" for n in range(200))


def codes(text: str, name: str = "nairobi.yaml") -> list[str]:
    return [each.code for each in findings(text, name)]


def test_more_mistakes_than_anyone_reads_are_bounded_and_counted() -> None:
    found = findings(hub_with("domains: [" + ", ".join(f"x{n}" for n in range(200)) + "]"))
    assert len(found) == 51
    assert found[-1].message.startswith("151 more")


class TestTooMany:
    def test_fifty_are_shown(self) -> None:
        assert MOST_FINDINGS == 50

    def test_as_many_as_are_shown_are_not_counted(self) -> None:
        found = findings("".join(f"k{n}: 1\n" for n in range(MOST_FINDINGS)) + hub_with())
        assert len(found) == MOST_FINDINGS
        assert {each.code for each in found} == {"unknown-key"}

    def test_one_more_is_counted_at_the_last_ones_place(self) -> None:
        found = findings("".join(f"k{n}: 1\n" for n in range(MOST_FINDINGS + 1)) + hub_with())
        assert len(found) == MOST_FINDINGS + 1
        assert (found[-1].code, found[-1].severity) == ("more-findings", Severity.ERROR)
        assert found[-1].message == "1 more findings in this file are not shown"
        assert place(found[-1]) == place(found[-2]) == (MOST_FINDINGS, 1)

    def test_a_secret_at_the_end_is_kept_among_the_fifty(self) -> None:
        found = findings(hub_with(f"domains: [{WRONG}]") + f"# {GITHUB}\n")
        assert "secret-in-plain-text" in {each.code for each in found[:MOST_FINDINGS]}
        assert found[-2].code == "secret-in-plain-text"
        assert found[-1].message.startswith("152 more")

    def test_an_error_at_the_end_is_kept_before_a_warning_at_the_beginning(self) -> None:
        text = "\ufeff" + hub_with(f"domains: [{WRONG}]")
        found = findings(text)
        assert {each.severity for each in found} == {Severity.ERROR}
        assert found[-1].message.startswith("152 more")

    def test_of_equal_ones_the_first_in_the_file_are_kept(self) -> None:
        found = findings(hub_with(f"domains: [{WRONG}]"))
        assert [each.pointer for each in found[:3]] == [
            "/apps/docs/domains",
            "/apps/docs/domains/0",
            "/apps/docs/domains/1",
        ]


class TestOrder:
    def test_findings_stand_in_the_order_of_the_file(self) -> None:
        found = findings(hub_with("domains: [x]\nenv: {COLOUR: red}", top="odd: 1\n"))
        assert [place(each) for each in found] == [(3, 1), (7, 15), (8, 11)]

    def test_an_error_stands_before_a_warning_of_the_same_place(self) -> None:
        found = findings("\ufeffodd: 1\n" + hub_with())
        assert [each.severity for each in found] == [Severity.ERROR, Severity.WARNING]
        assert {place(each) for each in found} == {(1, 1)}


class TestToldOnce:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (bot_with("TELEGRAM_TOKEN: 12345678"), "secret-in-plain-text"),
            (bot_with("TELEGRAM_TOKEN: {sealed: …}"), "placeholder"),
            (hub_with().replace("docs-site", "Docs_Site"), "unknown-app"),
            (hub_with("env: {site-title: x}"), "unknown-variable"),
            (hub_with("domains: [VERCEL.app]"), "host-name-of-vercel"),
            (hub_with("domains: [Docs.LOCAL]"), "reserved-domain"),
            (hub_with("domains: [CO.KE]"), "public-suffix"),
        ],
    )
    def test_what_a_rule_says_the_schema_does_not_say_again(self, text: str, code: str) -> None:
        assert codes(text) == [code]

    def test_an_empty_variable_that_is_needed_is_told_once(self) -> None:
        text = bot_with("").replace("neo4j+s://graph.example.org", "''")
        assert codes(text) == ["missing-variable", "missing-variable"]

    def test_curly_quotes_around_what_is_wrong_anyway_are_not_told_too(self) -> None:
        assert codes(hub_with("domains: [“docs.example.org”]")) == ["wrong-host-name"]

    def test_curly_quotes_elsewhere_are_told_beside_a_mistake(self) -> None:
        text = hub_with("domains: [x]\nenv: {SITE_TITLE: “x”}")
        assert codes(text) == ["wrong-host-name", "curly-quotes"]

    def test_two_mistakes_without_a_place_of_their_own_are_both_told(self) -> None:
        assert set(codes("name: x\n")) == {"missing-key"}
        assert len(codes("name: x\n")) == 2


class TestNames:
    def test_a_file_that_is_not_meant_as_yaml_is_not_read(self) -> None:
        file = checked(hub_with("env: 5"), "notes.txt")
        assert [each.code for each in file.findings] == ["wrong-file-name"]
        assert (file.document.data, file.lines) == (None, ())

    def test_a_file_with_a_wrong_name_is_read_all_the_same(self) -> None:
        assert set(codes(hub_with("env: 5"), "Nairobi.yml")) == {"wrong-file-name", "wrong-type"}

    def test_a_badly_named_file_that_could_not_be_taken_keeps_why(self) -> None:
        large = source_of("hubs/Notes.txt", b"#" * 70_000)
        (file,) = judge([large], own_catalog())
        assert {each.code for each in file.findings} == {"too-large", "wrong-file-name"}

    def test_of_a_file_that_is_not_there_the_name_does_not_matter(self) -> None:
        missing = Source("hubs/Eldoret", problem=read_source(Path("/nowhere/Eldoret")).problem)
        (file,) = judge([missing], own_catalog())
        assert [each.code for each in file.findings] == ["not-found"]

    def test_the_hub_is_the_name_without_its_ending(self) -> None:
        file = checked(GOOD)
        assert (file.path, file.hub, file.findings) == ("hubs/nairobi.yaml", "nairobi", ())

    def test_an_example_is_told_how_to_seal_for_its_own_name(self) -> None:
        finding = only(bot_with(""), "_kisumu.yaml")
        assert "`provisioner seal kisumu bot TELEGRAM_TOKEN`" in finding.hint


class TestLines:
    def test_a_mistake_that_is_no_secret_is_not_covered(self) -> None:
        text = hub_with("domains: [x]\nenv: {COLOUR: red}")
        assert checked(text).lines == (*text.splitlines(), "")

    def test_the_lines_are_shown_as_they_are(self) -> None:
        assert checked(GOOD).lines == (*GOOD.splitlines(), "")

    def test_a_secret_by_its_variables_name_is_covered_without_a_finding(self) -> None:
        file = checked(hub_with("env: {SITE_PASSWORD: swordfish}"))
        assert [each.code for each in file.findings] == ["unknown-variable"]
        assert file.lines[5] == "    env: {SITE_PASSWORD: *********}"

    def test_what_stands_for_a_secret_still_to_be_sealed_is_shown(self) -> None:
        assert "TELEGRAM_TOKEN: TODO" in checked(bot_with("TELEGRAM_TOKEN: TODO")).lines[7]

    def test_a_secret_beyond_the_fifty_is_covered(self) -> None:
        secrets = "".join(f"# {GITHUB[:-2]}{n:02}\n" for n in range(60))
        shown = "\n".join(checked(hub_with() + secrets).lines)
        assert "ghp_" not in shown

    def test_what_was_pasted_as_sealed_is_covered(self) -> None:
        file = checked(bot_with("TELEGRAM_TOKEN: {sealed: hunter2hunter2}"))
        assert file.lines[7] == "      TELEGRAM_TOKEN: {sealed: **************}"


def test_errors_are_the_findings_that_are_no_warnings() -> None:
    file = checked("\ufeff" + hub_with("domains: [x]"))
    assert [each.code for each in file.errors] == ["wrong-host-name"]
    assert len(file.findings) == 2


def test_files_come_in_the_order_given() -> None:
    sources = [source_of(f"hubs/{hub}.yaml", GOOD.encode()) for hub in ("b-hub", "a-hub")]
    assert [file.hub for file in judge(sources, own_catalog())] == ["b-hub", "a-hub"]


def test_a_file_that_nobody_can_read_leaves_the_others_their_findings() -> None:
    taken = "domains: [docs.example.org]"
    files = [
        source_of("hubs/kisumu.yaml", hub_with(taken).encode()),
        source_of("hubs/nairobi.yaml", hub_with(taken).encode()),
        source_of("hubs/broken.yaml", b"name: [\n"),
    ]
    kisumu, nairobi, broken = judge(files, own_catalog())
    assert [each.code for each in kisumu.findings] == ["domain-taken"]
    assert [each.code for each in nairobi.findings] == ["domain-taken"]
    assert [each.code for each in broken.findings] == ["yaml-syntax"]


def test_a_directory_named_like_a_hub_file_has_one_finding() -> None:
    broken = Source("hubs/eldoret.yaml", problem=read_source(Path("/")).problem)
    (file,) = judge([broken], own_catalog())
    assert [finding.code for finding in file.findings] == ["not-a-file"]


class TestWhatNobodyForesaw:
    sources = tuple(
        source_of(f"hubs/{hub}.yaml", hub_with().encode()) for hub in ("kisumu", "bad", "lagos")
    )

    def codes_of(self, judges: Judges) -> list[list[str]]:
        files = judge(self.sources, own_catalog(), judges)
        return [[each.code for each in file.findings] for file in files]

    def test_a_file_that_breaks_the_look_at_all_of_them_is_told_so(self) -> None:
        def across(hubs: Sequence[SeenHub], catalog: Catalog) -> dict[str, list[Finding]]:
            if any(hub.id == "bad" for hub in hubs):
                raise ValueError
            return {}

        assert self.codes_of(Judges(across=across)) == [[], ["cannot-be-read"], []]

    def test_of_a_file_that_breaks_its_own_judge_no_line_is_shown(self) -> None:
        ordinary = Judges().each

        def each(
            hub: SeenHub, names: Sequence[str], across: list[Finding], catalog: Catalog
        ) -> JudgedFile:
            if hub.id == "bad":
                raise ValueError
            return ordinary(hub, names, across, catalog)

        _, bad, lagos = judge(self.sources, own_catalog(), Judges(each=each))
        assert [finding.code for finding in bad.findings] == ["cannot-be-read"]
        assert (bad.path, bad.hub, bad.lines) == ("hubs/bad.yaml", "bad", ())
        assert bad.document.data is None
        assert (lagos.findings, len(lagos.lines)) == ((), 6)
