"""YAML as plain data with places; what a file must not use is found all at once."""

import pytest

from provisioner.desired.read.compose import (
    LONGEST_KEY,
    MAX_DEPTH,
    MAX_VALUES,
    Composed,
    compose,
)
from provisioner.desired.read.marks import Mark
from provisioner.models.finding import Finding


def found(text: str) -> list[tuple[str, tuple[int, int], str]]:
    """Code, place and pointer of each finding."""
    return [_short(finding) for finding in compose(text).findings]


def _short(finding: Finding) -> tuple[str, tuple[int, int], str]:
    return finding.code, (finding.line, finding.column), finding.pointer


def nested(depth: int) -> str:
    return "a: " + "[" * depth + "]" * depth + "\n"


class TestData:
    def test_values_are_what_they_look_like_and_in_quotes_they_are_texts(self) -> None:
        text = "a: 5\nb: '5'\nc: true\nd: [x, null]\ne: {f: \"\"}\n"
        assert compose(text).data == {
            "a": 5,
            "b": "5",
            "c": True,
            "d": ["x", None],
            "e": {"f": ""},
        }

    def test_keys_and_values_have_their_places(self) -> None:
        composed = compose("apps:\n  a/b: [x, yy]\n")
        assert composed.keys["/apps/a~1b"] == Mark(2, 3, 2, 6, "a/b")
        assert composed.values["/apps/a~1b/1"] == Mark(2, 12, 2, 14, "yy")
        assert composed.values[""].line == 1
        assert (composed.complete, composed.findings) == (True, [])

    @pytest.mark.parametrize("text", ["", "# a comment\n"])
    def test_a_text_without_a_document_was_read_to_its_end(self, text: str) -> None:
        assert compose(text) == Composed(None, complete=True)

    def test_what_only_yaml_1_2_takes_is_read_by_the_slower_parser(self) -> None:
        assert compose("a: [https://example.org, who?]\n").data == {
            "a": ["https://example.org", "who?"]
        }

    def test_a_long_text_is_read_by_the_fast_parser_alone(self) -> None:
        short = "a: [who?]\n#"
        most = short + "x" * (16 * 1024 - len(short))
        assert compose(most).findings == []
        assert [each.code for each in compose(most + "x").findings] == ["yaml-syntax"]

    @pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF"])
    @pytest.mark.parametrize("before", ["", "a: [who?]\n"], ids=["alone", "after 1.2"])
    def test_an_escape_beyond_unicode_breaks_no_parser(self, before: str, escape: str) -> None:
        (finding,) = compose(f'{before}b: "{escape}"\n').findings
        assert finding.code == ("yaml-syntax" if before else "wrong-escape")

    def test_where_both_parsers_refuse_the_one_that_came_further_is_believed(self) -> None:
        (finding,) = compose("a: [who?]\nb: 'x' y\n").findings
        assert finding.line == 2


class TestRefused:
    def test_a_repeated_key_is_told_and_the_first_value_counts(self) -> None:
        text = "a: 1\na: [*odd, {b: &c 1}]\n"
        assert compose(text).data == {"a": 1}
        assert found(text) == [("duplicate-key", (2, 1), "/a")]
        assert "line 1" in compose(text).findings[0].message

    def test_a_repeated_key_is_told_each_time_with_its_first_place(self) -> None:
        messages = [each.message for each in compose("a: 1\na: 2\na: 3\n").findings]
        assert [message.rpartition(" ")[2] for message in messages] == ["1", "1"]

    @pytest.mark.parametrize(
        ("text", "findings", "unclear"),
        [
            ("a: *b\n", [("alias", (1, 4), "/a")], {"/a"}),
            ("a: &b 1\n", [("anchor", (1, 4), "/a")], set()),
            ("a: !b 1\n", [("tag", (1, 4), "/a")], {"/a"}),
            ("<<: {b: 1}\n", [("merge-key", (1, 1), "/<<")], {"/<<"}),
            ("&b a: 1\n", [("anchor", (1, 1), "/a")], set()),
            ("a: &b !c 1\n", [("anchor", (1, 4), "/a"), ("tag", (1, 4), "/a")], {"/a"}),
            ("a: *b\nc: *d\n", [("alias", (1, 4), "/a"), ("alias", (2, 4), "/c")], {"/a", "/c"}),
        ],
    )
    def test_what_yaml_allows_and_files_here_do_not_is_told_at_its_place(
        self, text: str, findings: list[object], unclear: set[str]
    ) -> None:
        assert found(text) == findings
        assert compose(text).unclear == unclear
        assert compose(text).complete

    def test_a_merge_key_in_quotes_is_a_key_like_any_other(self) -> None:
        assert found("'<<': 1\n") == []

    def test_an_alias_has_no_value_and_a_tagged_one_is_a_text(self) -> None:
        assert compose("a: *b\nc: !d 5\n").data == {"a": None, "c": "5"}

    @pytest.mark.parametrize(
        ("text", "code", "place"),
        [
            ("? [a]\n: 1\n", "wrong-key", (1, 3)),
            ("? *a\n: 1\n", "alias", (1, 3)),
            ("a: 1\n---\nb: 2\n", "several-documents", (2, 1)),
            ('a: "\\ud800"\n', "wrong-escape", (1, 4)),
            ('"\\ud800": 1\n', "wrong-escape", (1, 1)),
        ],
    )
    def test_where_nothing_can_be_made_of_the_rest_reading_ends(
        self, text: str, code: str, place: tuple[int, int]
    ) -> None:
        assert found(text) == [(code, place, "")]
        assert not compose(text).complete

    @pytest.mark.parametrize("line", ["%FOO bar", "%YAML 1.1", "%TAG ! x"])
    def test_each_directive_is_told_where_it_stands(self, line: str) -> None:
        text = f"# above\n{line}\n---\na: 1\n"
        assert ("directive", (2, 1), "") in found(text)

    def test_what_begins_with_a_percent_sign_below_the_line_is_none(self) -> None:
        assert found('---\na: "x\n  %y"\n') == []
        assert found('a: "x\n%y"\n') == []

    def test_a_directive_before_no_explicit_document_is_the_parsers_to_refuse(self) -> None:
        assert [code for code, *_ in found("%FOO bar\n")] == ["directive"]


class TestLimits:
    def test_the_limits_are_larger_than_any_hub_file_needs(self) -> None:
        assert (MAX_DEPTH, MAX_VALUES, LONGEST_KEY) == (12, 6000, 128)

    def test_a_key_may_be_so_long_and_of_a_longer_one_the_value_is_passed_over(self) -> None:
        key = "k" * LONGEST_KEY
        assert compose(f"{key}: 1\n").data == {key: 1}
        assert compose(f"{key}: 1\n").findings == []

        text = f"a: 1\n{key}k: [*odd]\nb: 2\n"
        assert found(text) == [("wrong-key", (2, 1), "")]
        assert compose(text).data == {"a": 1, "b": 2}
        assert found(f"&x {key}k: 1\n") == [("wrong-key", (1, 1), "")]

    def test_groups_may_stand_so_deep_in_each_other(self) -> None:
        assert compose(nested(MAX_DEPTH)).findings == []
        assert found(nested(MAX_DEPTH + 1)) == [("too-deep", (1, 4 + MAX_DEPTH), "")]

    def test_mappings_count_as_deep_as_lists(self) -> None:
        deep = "".join(f"{'  ' * n}k:\n" for n in range(MAX_DEPTH + 1))
        assert [code for code, *_ in found(deep)] == ["too-deep"]
        assert found(deep.rpartition("\n")[0].rpartition("\n")[0]) == []

    def test_also_what_is_passed_over_may_not_be_deeper(self) -> None:
        text = nested(0) + nested(MAX_DEPTH + 1)
        assert [code for code, *_ in found(text)] == ["duplicate-key"]
        assert not compose(text).complete
        assert compose(nested(0) + nested(MAX_DEPTH)).complete

    def test_a_file_may_hold_so_many_values(self) -> None:
        values = ", ".join("x" * (MAX_VALUES - 2))
        assert compose(f"a: [{', '.join(values.split(', '))}]\n").findings == []
        assert [code for code, *_ in found(f"a: [{values}, x]\n")] == ["too-much"]
