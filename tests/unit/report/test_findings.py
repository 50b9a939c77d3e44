"""Findings as people and machines see them: in a terminal, as JSON, on a pull request."""

import pytest

from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.load import absent
from provisioner.models.finding import Finding, Severity
from provisioner.redaction import Redactor
from provisioner.report.findings import as_annotations, as_json, as_text, summary
from tests.unit.desired.given import GOOD, desired, hub_with

ESCAPE = "\x1b[31m"


def file_with(*findings: Finding, text: str = GOOD, path: str = "hubs/nairobi.yaml") -> JudgedFile:
    """A file with these lines and findings, however unlikely together."""
    return JudgedFile(absent(path), findings, tuple(text.split("\n")))


def finding(line: int = 1, column: int = 1, **given: str) -> Finding:
    return Finding.model_validate(
        {
            "code": "x",
            "message": "wrong",
            "hint": "fix it",
            "line": line,
            "column": column,
            **given,
        }
    )


def excerpt(text: str, line: int, column: int) -> list[str]:
    return as_text([file_with(finding(line, column), text=text)]).splitlines()[1:3]


class TestText:
    def test_the_caret_stands_below_the_column(self) -> None:
        assert excerpt("name: x\napps: y", 2, 7) == ["    2 | apps: y", "      |       ^"]

    def test_tabs_and_wide_characters_do_not_move_the_caret(self) -> None:
        assert excerpt("\tname: 内罗毕, e\u0301: !", 1, 16) == [
            "    1 |     name: 内罗毕, e\u0301: !",
            "      |                     ^",
        ]

    def test_of_a_long_line_the_place_is_shown(self) -> None:
        shown, caret = excerpt("x" * 500 + "HERE" + "y" * 500, 1, 501)
        assert len(shown) < 120
        assert shown[caret.index("^") :].startswith("HERE")
        assert shown.endswith("…")
        start, caret = excerpt("HERE" + "y" * 500, 1, 1)
        assert start[caret.index("^") :].startswith("HERE")
        end, caret = excerpt("x" * 500 + "HERE", 1, 501)
        assert end[caret.index("^") :] == "HERE"

    def test_a_place_after_the_last_line_shows_none(self) -> None:
        assert excerpt("", 1, 1) == ["  fix: fix it", ""]
        assert excerpt("a", 9, 9) == ["  fix: fix it", ""]

    def test_foreign_text_cannot_reach_the_terminal(self) -> None:
        text = as_text(
            [
                file_with(
                    finding(
                        1, 7, message=f"{ESCAPE}m\n::set-output name=x::y", hint=f"h{ESCAPE}\r"
                    ),
                    text=f"name: {ESCAPE}red\x07\u202e",
                    path=f"hubs/{ESCAPE}x.yaml",
                )
            ]
        )
        assert not any(character in text for character in "\x1b\x07\r\u202e")
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())

    def test_a_line_of_a_file_is_no_command_to_the_runner(self) -> None:
        text = as_text([file_with(finding(), text="##[add-mask]a ::error::b")])
        assert "##[" not in text

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ({}, "no hub files: nothing to check"),
            ({"a-b.yaml": GOOD}, "1 file checked: all is well"),
            ({"a-b.yaml": hub_with(), "c-d.yaml": hub_with()}, "2 files checked: all is well"),
            ({"a-b.yaml": ""}, "1 file checked: 1 error"),
            ({"a-b.yaml": "\ufeff"}, "1 file checked: 1 error, 1 warning"),
            ({"a-b.yaml": "\ufeff" + GOOD}, "1 file checked: no errors, 1 warning"),
            ({"a-b.yaml": "{}"}, "1 file checked: 3 errors"),
        ],
    )
    def test_the_last_line_counts(self, files: dict[str, str], words: str) -> None:
        assert summary(desired(files).files) == words


class TestJson:
    def test_warnings_alone_are_ok(self) -> None:
        assert as_json([file_with(finding(severity="warning"))])["ok"] is True
        assert as_json([file_with(finding(severity="error"))])["ok"] is False
        assert as_json([]) == {"ok": True, "files": []}


class TestAnnotations:
    def commands(self, *files: JudgedFile) -> list[str]:
        return [command.text for command in as_annotations(files, Redactor())]

    def test_everything_with_a_meaning_to_the_runner_is_escaped(self) -> None:
        (command,) = self.commands(
            file_with(
                finding(3, 4, message="50% of a: b, c\nd", hint="e"), path="hubs/a:b,c%\n.yaml"
            )
        )
        assert command == (
            "::error file=hubs/a%3Ab%2Cc%25%0A.yaml,line=3,col=4,title=X"
            "::50%25 of a: b, c%0Ad.%0ATo fix it: e."
        )

    def test_warnings_are_warnings(self) -> None:
        (command,) = self.commands(file_with(finding(severity="warning")))
        assert command.startswith("::warning file=")

    def test_ten_of_each_are_shown_and_the_last_says_how_many_are_not(self) -> None:
        many = [finding(n) for n in range(1, 26)]
        warnings = [finding(n, severity="warning") for n in range(1, 12)]
        commands = self.commands(file_with(*many, *warnings))
        errors = [command for command in commands if command.startswith("::error")]
        others = [command for command in commands if command.startswith("::warning")]
        assert (len(errors), len(others)) == (10, 10)
        assert "15 more errors: see the log" in errors[-1]
        assert "1 more warning: see the log" in others[-1]
        assert not any("more error" in command for command in errors[:-1])

    def test_secrets_come_first_then_the_first_of_each_file(self) -> None:
        first = file_with(*[finding(n) for n in range(1, 20)], path="hubs/a.yaml")
        second = file_with(finding(), finding(2, code="secret-in-plain-text"), path="hubs/b.yaml")
        files = [command.split(",")[0] for command in self.commands(first, second)]
        assert files[:3] == [
            "::error file=hubs/b.yaml",
            "::error file=hubs/a.yaml",
            "::error file=hubs/b.yaml",
        ]

    def test_nothing_found_gives_no_annotation(self) -> None:
        assert self.commands(file_with()) == []


def test_a_finding_is_an_error_unless_it_says_otherwise() -> None:
    assert finding().is_error
    assert not finding(severity=Severity.WARNING).is_error
