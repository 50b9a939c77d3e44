"""One app of a run: its steps as a table, folded away when there is nothing left to watch."""

from datetime import timedelta

import pytest

from provisioner.models.run import AppRecord, StepRecord, StepState
from provisioner.report.app_section import address, app_sections, title_of
from provisioner.report.detail import Detail
from tests.unit.report import runs
from tests.unit.report.runs import BOT, NOW, WEBSITE, steps

FULL = Detail()
DONE = runs.bot(*steps(BOT, "bot", 6))
WAITING = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()))


def app(*given: StepRecord, **more: object) -> AppRecord:
    return AppRecord.model_validate({"id": "docs", "app": "docs-site", "steps": given, **more})


class TestFinished:
    def test_it_is_one_line_with_its_steps_folded_away(self) -> None:
        head, table, foot = app_sections([DONE], FULL)
        assert head == ("<details>\n<summary>✅ <b>Telegram bot</b> is live (6 steps)</summary>")
        assert table.startswith("| | Step | State |\n|---|---|---|\n| ✅ | Copy the repository |")
        assert len(table.splitlines()) == 2 + 6
        assert foot == "</details>"

    def test_its_steps_can_be_left_out(self) -> None:
        line = "✅ <b>Telegram bot</b> is live (6 steps)"
        assert app_sections([DONE], Detail(finished_steps=False)) == [line]

    def test_an_app_without_steps_is_a_line(self) -> None:
        assert app_sections([app(title="Docs")], FULL) == ["✅ <b>Docs</b> is live (0 steps)"]

    def test_an_app_taken_offline_is_called_so(self) -> None:
        gone = app(StepRecord(action="pause-project", state=StepState.DONE), retiring=True)
        assert "is offline (1 step)" in app_sections([gone], FULL)[0]


class TestToBeWatched:
    def test_it_has_a_heading_an_address_and_its_steps(self) -> None:
        heading, where, table = app_sections([WAITING], FULL)
        assert heading == "#### 🟠 Documentation site: waiting"
        assert where == (
            "Its address so far: "
            "[nairobi-commons--docs.vercel.app](https://nairobi-commons--docs.vercel.app)"
        )
        assert len(table.splitlines()) == 2 + 7

    def test_its_steps_can_be_left_out(self) -> None:
        assert len(app_sections([WAITING], Detail(steps=False))) == 2
        assert len(app_sections([WAITING], Detail(finished_steps=False))) == 3

    def test_without_an_address_none_is_named(self) -> None:
        hidden = WAITING.model_copy(update={"url": None})
        assert len(app_sections([hidden], FULL)) == 2

    def test_an_app_that_goes_offline_has_no_address(self) -> None:
        leaving = WAITING.model_copy(update={"retiring": True})
        assert len(app_sections([leaving], FULL)) == 2


class TestOrder:
    def test_what_needs_watching_stands_first(self) -> None:
        parts = app_sections([DONE, WAITING], FULL)
        assert parts[0].startswith("#### 🟠 Documentation site")
        assert "Telegram bot" in parts[3]

    def test_of_many_apps_those_that_need_watching_are_kept(self) -> None:
        parts = app_sections([DONE, DONE, WAITING], Detail(apps=1))
        assert [part for part in parts if "Telegram" in part] == []
        assert len(app_sections([DONE, DONE, WAITING], Detail(apps=2))) == 6


class TestRows:
    def row(self, step: StepRecord, detail: Detail = FULL) -> str:
        pending = StepRecord(action="check-live")
        *_, table = app_sections([app(step, pending)], detail)
        return table.splitlines()[2]

    def test_a_step_is_told_with_its_detail(self) -> None:
        step = StepRecord(action="deploy", state=StepState.WAITING, detail="It is queued.")
        assert self.row(step).startswith("| 🟠 | Build and publish | waiting")
        assert self.row(step).endswith(" · It is queued. |")

    def test_a_step_without_a_detail_is_told_by_its_state(self) -> None:
        assert self.row(StepRecord(action="deploy")) == "| ⚪ | Build and publish | not started |"

    def test_details_can_be_left_out(self) -> None:
        step = StepRecord(action="deploy", state=StepState.WAITING, detail="It is queued.")
        assert "queued" not in self.row(step, Detail(step_details=False))

    def test_a_long_detail_is_cut(self) -> None:
        step = StepRecord(action="deploy", state=StepState.WAITING, detail="x" * 30)
        assert "x" * 9 + "… |" in self.row(step, Detail(message_characters=10))

    def test_a_failed_step_is_told_above(self) -> None:
        step = runs.failed_build()
        assert self.row(step).endswith("· see “What to do” |")

    def test_how_long_a_step_took_is_told(self) -> None:
        step = StepRecord(
            action="deploy",
            state=StepState.DONE,
            attempts=1,
            started_at=NOW,
            ended_at=NOW + timedelta(seconds=41),
        )
        assert "41 s" in self.row(step)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://docs.example.org", "[docs.example.org](https://docs.example.org)"),
        ("https://docs.example.org/", "[docs.example.org](https://docs.example.org/)"),
    ],
)
def test_an_address_is_a_link_without_its_scheme(url: str, link: str) -> None:
    assert address(app(url=url)) == link


def test_an_app_without_a_title_is_called_by_its_id() -> None:
    assert title_of(app()) == "docs"


def test_a_title_is_foreign_and_short() -> None:
    assert title_of(app(title="<b>x")) != "<b>x"
    assert title_of(app(title="x" * 101)) == "x" * 99 + "…"
