"""The job summary and the log of an Actions job."""

import re

import pytest

from provisioner.models.run import Run, RunState
from provisioner.redaction import Redactor
from provisioner.report.comment import render_run
from provisioner.report.summary import log_groups, render_summary
from tests.unit.github_markdown import NASTY, structure
from tests.unit.report import runs
from tests.unit.report.runs import LINKS


class TestSummary:
    def test_of_one_hub_says_what_the_comment_says(self) -> None:
        run = runs.failed_run()
        comment = render_run(run, LINKS).split("\n", 2)
        summary = render_summary([run], LINKS).split("\n", 1)
        assert comment[1] == f"#{summary[0]}"
        assert comment[2] == summary[1]

    def test_is_no_comment_and_carries_no_marker(self) -> None:
        assert "<!--" not in render_summary([runs.failed_run()], LINKS)

    def test_of_several_hubs_begins_with_those_who_need_somebody(self) -> None:
        text = render_summary(
            [
                runs.completed_run(),
                runs.named(runs.waiting_run(), "accra-hub", "Accra Hub", 13),
                runs.named(runs.failed_run(), "lagos-hub", "Lagos Hub", 14),
            ],
            LINKS,
        )
        assert text.startswith("## 3 hubs, 1 failed\n")
        rows = re.findall(r"^\| (.) \| (\w+)", text, re.MULTILINE)
        assert rows[:3] == [("❌", "Lagos"), ("🟠", "Accra"), ("✅", "Nairobi")]

    def test_of_no_hub_says_that_there_was_nothing_to_do(self) -> None:
        assert render_summary([], LINKS) == "## No hub was due: nothing to do.\n"

    @pytest.mark.parametrize("words", NASTY)
    def test_foreign_words_change_nothing_but_words(self, words: str) -> None:
        def page(text: str) -> str:
            run = runs.with_words(runs.failed_run(), text)
            return render_summary([run, runs.named(run, "lagos-hub", text, 14)], LINKS)

        assert structure(page(words)) == structure(page("word"))


def grouped(run: Run) -> list[str]:
    return [line.text for line in log_groups(run, Redactor())]


class TestLog:
    def test_has_a_group_that_folds_for_each_app(self) -> None:
        lines = grouped(runs.waiting_run())
        assert "::group::🟠 Nairobi Commons, Documentation site: waiting" in lines
        assert "::group::✅ Nairobi Commons, Telegram bot: live" in lines
        assert lines.count("::endgroup::") == 2

    def test_puts_an_error_on_each_failed_step(self) -> None:
        (error,) = [line for line in grouped(runs.failed_run()) if line.startswith("::error")]
        assert error.startswith("::error title=Telegram bot%3A Build and publish failed::The app")

    def test_shows_the_end_of_the_build_log(self) -> None:
        assert any("error TS2322" in line for line in grouped(runs.failed_run()))

    @pytest.mark.parametrize(
        "words", [*NASTY, "::stop-commands::x", "##[add-mask]x", "a\n::error::b"]
    )
    def test_foreign_words_are_no_commands(self, words: str) -> None:
        def commands(text: str) -> list[str]:
            lines = grouped(runs.with_words(runs.failed_run(), text))
            shown = "\n".join(lines)
            assert "##[" not in shown
            return re.findall(r"^\s*::[a-z-]+", shown, re.MULTILINE)

        assert commands(words) == commands("word")

    def test_of_a_run_without_apps_is_its_first_line(self) -> None:
        assert grouped(runs.run(RunState.QUEUED)) == [
            "⚪ Nairobi Commons is next in line. Nobody has to do anything yet."
        ]
