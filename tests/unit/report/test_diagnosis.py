"""A diagnosis as a maintainer, a program and the page of an Actions job read it."""

import re

import pytest

from provisioner.models.diagnosis import Check, CheckState, Diagnosis
from provisioner.report.diagnosis import (
    LINE,
    diagnosis_document,
    diagnosis_markdown,
    diagnosis_text,
    outcome,
)
from tests.unit.github_markdown import NASTY, shown, structure


def check(
    state: CheckState, name: str = "VERCEL_TOKEN", detail: str = "It is.", hint: str = ""
) -> Check:
    area = "tokens" if name.isupper() else "catalog"
    return Check(area=area, name=name, state=state, detail=detail, hint=hint)


GOOD = check(CheckState.OK)
WRONG = check(CheckState.NOT_OK, "docs-site", "It is empty", "Push the app's code to `main`")
UNSEEN = check(CheckState.UNKNOWN, "bot", "GitHub answered 500", "Run this again in some minutes.")


def diagnosis(*checks: Check) -> Diagnosis:
    return Diagnosis(checks=checks)


class TestText:
    def test_has_a_block_an_area_a_line_a_check_and_what_to_do_below_it(self) -> None:
        assert diagnosis_text(diagnosis(GOOD, WRONG, UNSEEN)) == (
            "Tokens\n"
            "  ok               VERCEL_TOKEN: It is.\n"
            "\n"
            "The catalog's apps\n"
            "  not ok           docs-site: It is empty.\n"
            "                   fix: Push the app's code to `main`.\n"
            "  could not check  bot: GitHub answered 500.\n"
            "                   look: Run this again in some minutes.\n"
            "\n"
            "3 checks: 1 ok, 1 not ok and 1 that could not be made.\n"
        )

    def test_of_an_area_without_a_name_of_ours_says_its_own(self) -> None:
        other = GOOD.model_copy(update={"area": "weather"})
        assert diagnosis_text(diagnosis(other)).startswith("weather\n")

    def test_breaks_long_lines_but_nothing_that_is_to_be_copied(self) -> None:
        command = "`provisioner seal nairobi bot TELEGRAM_TOKEN`"
        wordy = check(CheckState.NOT_OK, detail="word " * 40, hint=f"Run {'now ' * 14}{command}.")
        lines = diagnosis_text(diagnosis(wordy)).splitlines()
        assert max(map(len, lines)) <= LINE
        assert any(command in line for line in lines)
        assert "\u00a0" not in "".join(lines)

    @pytest.mark.parametrize(
        "words", [*NASTY, "::stop-commands::x", "##[add-mask]x", "a " * 60 + "::error::b"]
    )
    def test_foreign_words_are_no_commands_to_the_runner(self, words: str) -> None:
        for found in (check(CheckState.NOT_OK, words, words, words), check(CheckState.OK, words)):
            text = diagnosis_text(diagnosis(found))
            assert "##[" not in text
            assert not re.search(r"^\s*::[a-z-]+", text, re.MULTILINE)
            assert "\x1b" not in text


class TestDocument:
    def test_is_what_programs_rely_on(self) -> None:
        assert diagnosis_document(diagnosis(GOOD, UNSEEN)) == {
            "ok": True,
            "checks": [
                {
                    "area": "tokens",
                    "name": "VERCEL_TOKEN",
                    "state": "ok",
                    "detail": "It is.",
                    "hint": "",
                },
                {
                    "area": "catalog",
                    "name": "bot",
                    "state": "unknown",
                    "detail": "GitHub answered 500",
                    "hint": "Run this again in some minutes.",
                },
            ],
        }

    def test_is_ok_unless_something_is_known_to_be_wrong(self) -> None:
        assert diagnosis_document(diagnosis(GOOD, UNSEEN, WRONG))["ok"] is False
        assert diagnosis_document(diagnosis())["ok"] is True


class TestMarkdown:
    @pytest.mark.parametrize(
        ("checks", "first"),
        [
            ((GOOD,), "## ✅ The set-up is well: 1 check: 1 ok."),
            (
                (GOOD, UNSEEN),
                "## ✅ Nothing is known to be wrong: 2 checks: 1 ok and 1 that could not be made.",
            ),
            (
                (GOOD, WRONG, UNSEEN),
                "## ❌ The set-up needs fixing: 3 checks: 1 ok, 1 not ok and 1 that could not be "
                "made.",
            ),
        ],
    )
    def test_says_first_whether_anything_is_wrong(
        self, checks: tuple[Check, ...], first: str
    ) -> None:
        assert diagnosis_markdown(diagnosis(*checks)).split("\n")[0] == first

    def test_has_a_row_a_check_with_what_to_do(self) -> None:
        page = diagnosis_markdown(diagnosis(WRONG, UNSEEN))
        assert (
            "| ❌ not ok | docs-site | It is empty. **To do:** Push the app's code to `main`. |"
        ) in page
        assert "| ⚪ could not check | bot | GitHub answered 500. **Look:** Run this" in page

    @pytest.mark.parametrize("words", NASTY)
    def test_foreign_words_change_nothing_but_words(self, words: str) -> None:
        def page(text: str) -> str:
            return diagnosis_markdown(diagnosis(check(CheckState.NOT_OK, "x", text, "Fix it.")))

        assert structure(page(words)) == structure(page("word"))

    def test_shows_names_as_they_are(self) -> None:
        page = diagnosis_markdown(diagnosis(check(CheckState.OK, "_a_*b*", "@everyone")))
        assert "_a_*b*" in shown(page)
        assert "@everyone" in shown(page)


def test_the_outcome_counts_everything_and_names_only_what_there_is() -> None:
    assert outcome(diagnosis(GOOD, GOOD)) == "2 checks: 2 ok."
    assert outcome(diagnosis(WRONG)) == "1 check: 0 ok and 1 not ok."
