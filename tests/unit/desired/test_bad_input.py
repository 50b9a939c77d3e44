"""Whatever lies in the hubs directory, a person gets a finding with its place and a fix."""

import pytest

from provisioner.models.finding import Severity
from provisioner.models.hub import MAX_FILE_BYTES
from tests.unit.desired.given import GOOD, findings, hub_with, only, place


def test_a_good_file_has_no_findings() -> None:
    assert findings(GOOD) == ()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "empty-file", (1, 1)),
        ("# only a comment\n", "empty-file", (1, 1)),
        ("---\n", "empty-file", (1, 1)),
        ("- a\n- b\n", "not-a-mapping", (1, 1)),
        ("Nairobi\n", "not-a-mapping", (1, 1)),
        ("name:Nairobi\n", "not-a-mapping", (1, 1)),
        ("42\n", "not-a-mapping", (1, 1)),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary", (3, 1)),
        (b"name: x\0y\n", "binary", (1, 8)),
        (b"name: M\xfcnchen\n", "not-utf-8", (1, 8)),
        ("name: x\n".encode("utf-16"), "not-utf-8", (1, 1)),
        (b"#" * (MAX_FILE_BYTES + 1), "too-large", (1, 1)),
        ("name:\tx\n\tmore: y\n", "tab", (2, 1)),
        ("apps:\n  docs:\n\t app: docs-site\n", "tab", (3, 1)),
        ("apps: [a,\n b: {\n", "yaml-syntax", (2, 6)),
        ("maintainers: [@amina]\n", "yaml-syntax", (1, 15)),
        ("name: a: b\n", "yaml-syntax", (1, 8)),
        ("name: 'Nairobi\n", "yaml-syntax", (1, 7)),
        ("name: 'Women's Hub'\n", "yaml-syntax", (1, 14)),
        ("name: x\n  apps: y\n", "yaml-syntax", (2, 7)),
        ("name: x\n apps: y\nb: c", "yaml-syntax", (2, 6)),
        ("name:Nairobi\napps: {}\n", "yaml-syntax", (1, 5)),
        ("%YAML 1.1\n", "directive", (1, 1)),
        ("%FOO bar\n---\n" + GOOD, "directive", (1, 1)),
        ("name: !a!b x\n", "tag", (1, 7)),
        ("{" * 40, "wrong-key", (1, 2)),
        ("a:\n" + "".join(f"{'  ' * n}- \n" for n in range(1, 30)), "too-deep", (14, 27)),
        ("[" * 60_000, "too-deep", (1, 14)),
        ("? [a]\n: b\n", "wrong-key", (1, 3)),
        ("name: x\u200by\n", "hidden-character", (1, 8)),
        ("name: \u202ex\n", "hidden-character", (1, 7)),
        ("name: x\n\u00a0apps: y\n", "odd-space", (2, 1)),
        ("name:\u00a0x\n", "odd-space", (1, 6)),
        ("name: \x1b[31mred\n", "hidden-character", (1, 7)),
    ],
)
def test_a_file_that_cannot_be_understood_has_one_finding_at_its_place(
    text: str | bytes, code: str, where: tuple[int, int]
) -> None:
    finding = only(text)
    assert (finding.code, place(finding)) == (code, where)
    assert finding.severity is Severity.ERROR
    assert finding.message
    assert finding.hint


def test_yaml_beyond_plain_data_is_found_all_at_once() -> None:
    text = hub_with(
        "<<: *base\nenv: &vars {SITE_TITLE: !!str x}\napp: docs-site\n", top="%tag: x\n"
    ).replace("%tag: x\n", "")
    codes = {finding.code: place(finding) for finding in findings(text)}
    assert codes == {
        "merge-key": (6, 5),
        "alias": (6, 9),
        "anchor": (7, 10),
        "tag": (7, 29),
        "duplicate-key": (8, 5),
    }


def test_the_second_of_two_equal_keys_is_told_where_the_first_stands() -> None:
    finding = only(GOOD + "name: Again\n")
    assert finding.code == "duplicate-key"
    assert place(finding) == (15, 1)
    assert "line 1" in finding.message


def test_a_second_document_is_refused_where_it_begins() -> None:
    finding = only(GOOD + "---\nname: Kisumu\n")
    assert (finding.code, place(finding)) == ("several-documents", (15, 1))


def test_an_alias_bomb_is_refused_in_no_time() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert {finding.code for finding in findings(bomb)} >= {"alias", "anchor"}


def test_a_value_that_is_an_alias_gives_no_further_finding() -> None:
    codes = [finding.code for finding in findings(hub_with("env: *shared\ndomains: *names"))]
    assert codes == ["alias", "alias"]


def test_a_byte_order_mark_is_only_a_warning_and_moves_no_column() -> None:
    finding = only("\ufeff" + GOOD)
    assert (finding.code, finding.severity) == ("byte-order-mark", Severity.WARNING)
    with_mistake = findings("\ufeff" + GOOD.replace("name: Nai", "nam: Nai"))
    assert [place(each) for each in with_mistake] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(line_break: str) -> None:
    text = "name: x\nmaintainers: [a]\napps: 5\n".replace("\n", line_break)
    assert place(only(text)) == (3, 7)


def test_columns_count_characters_and_not_bytes() -> None:
    assert place(only('{name: "Ñairobi 🌍", maintainers: [a], apps: 5}')) == (1, 45)


class TestWhatOnceBrokeTheCheck:
    """Each is an ordinary mistake with its place, and no bug of ours."""

    @pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF", "\\U7fffffff"])
    def test_an_escape_beyond_unicode(self, escape: str) -> None:
        finding = only(f'name: "{escape}"\n')
        assert (finding.code, finding.line) == ("wrong-escape", 1)
        assert "end at" in finding.message

    def test_an_escape_beyond_unicode_where_only_the_slow_parser_goes(self) -> None:
        """The one in C stops before it, the one in Python at it."""
        assert only('a: [b?]\nname: "\\U00110000"\n').code in ("wrong-escape", "yaml-syntax")

    @pytest.mark.parametrize(
        "number",
        ["0x" + "f" * 3580, "0o" + "7" * 4770, "9" * 4301, "-" + "9" * 60_000, "0x" + "f" * 60_000],
        ids=["hexadecimal", "octal", "decimal", "negative", "as long as the file"],
    )
    def test_a_number_that_nobody_can_write_down(self, number: str) -> None:
        found = findings(f"name: x\nmaintainers: [a]\napps: {number}\n")
        assert [(each.code, place(each)) for each in found] == [("wrong-type", (3, 7))]
        assert "it is a number" in found[0].message

    def test_a_key_that_is_longer_than_any(self) -> None:
        finding = only(hub_with() + f"{'k' * 129}: 1\n")
        assert (finding.code, place(finding)) == ("wrong-key", (6, 1))
        assert only(hub_with() + f"{'k' * 128}: 1\n").code == "unknown-key"

    def test_more_values_than_a_hub_file_can_have(self) -> None:
        finding = only("".join(f"k{number}: v\n" for number in range(6100)))
        assert (finding.code, finding.line) == ("too-much", 6000)

    def test_the_largest_file_that_the_limits_allow_is_not_too_much(self) -> None:
        variables = "".join(f"      E{number}: x\n" for number in range(100))
        apps = "".join(f"  a{n}:\n    app: docs-site\n    env:\n{variables}" for n in range(20))
        text = f"name: x\nmaintainers: [a]\napps:\n{apps}"
        assert {each.code for each in findings(text)} & {"too-much", "too-large"} == set()

    def test_a_large_file_is_not_shown_to_the_slow_parser(self) -> None:
        text = hub_with("domains: [https://example.org]")
        assert only(text).code == "wrong-host-name"
        assert only(text + "#" * 16_384).code == "yaml-syntax"
