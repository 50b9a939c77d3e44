"""What was said before on a pull request is edited, however late lists show it; what cannot be
written keeps nothing else back."""

import pytest

from provisioner.commands.commenting import NotSaid, say_not_checked
from provisioner.report.finding import Lists
from provisioner.report.marker import GENERAL
from tests.unit.commands.github import pull, refused
from tests.unit.commands.hubs import World
from tests.unit.commands.proposed import MISTAKE, Proposed


class TestWhatWasSaidBefore:
    def test_the_same_comment_is_edited(self) -> None:
        given = Proposed(("nairobi",))
        given.github.wrote("nairobi")

        given.write()

        (shown,) = given.github.shown()
        assert shown.startswith("### ✅")

    def test_a_file_that_is_no_longer_changed_is_not_called_ready_any_more(self) -> None:
        given = Proposed(("nairobi",))
        given.github.wrote("kisumu")
        given.github.wrote(GENERAL)

        given.write()

        kisumu, whole, nairobi = given.github.shown()
        assert "no longer changes the file" in kisumu
        assert "is fixed" in whole
        assert nairobi.startswith("### ✅")

    def test_one_look_serves_all(self) -> None:
        given = Proposed(("kisumu", "nairobi"), general=(MISTAKE,))
        for hub in ("kisumu", "nairobi", GENERAL):
            given.github.wrote(hub)

        given.write()

        assert (given.listed, len(given.about)) == (1, 3)

    def test_what_may_pass_is_asked_again(self) -> None:
        given = Proposed(("nairobi",))
        given.github.passing["comments"] = refused(503)

        given.write()

        assert given.about == ["nairobi"]


class TestAListThatIsBehind:
    def given(self, *wrote: str, first: bool = False, behind: float = 5.0) -> Proposed:
        given = Proposed(("kisumu", "nairobi"), general=(MISTAKE,), first=first)
        given.world.wiring.lists = Lists(given.world.clock, behind)
        for hub in wrote:
            given.github.wrote(hub)
        return given

    def test_what_an_earlier_report_wrote_is_found_in_a_second_look(self) -> None:
        given = self.given("kisumu", "nairobi", GENERAL)
        given.github.lists_behind[12] = 1

        given.write()

        assert (given.listed, sorted(map(str, given.about))) == (2, ["kisumu", "nairobi", GENERAL])

    def test_what_the_first_look_saw_is_there(self) -> None:
        given = self.given("kisumu")

        given.write()

        assert len(given.about) == len(set(given.about)) == 3

    @pytest.mark.parametrize("lacking", ["nairobi", GENERAL])
    def test_one_that_is_missing_is_reason_to_look_again(self, lacking: str) -> None:
        wrote = {"kisumu", "nairobi", GENERAL} - {lacking}
        given = self.given(*sorted(wrote))

        given.write()

        assert given.world.clock.now() > World().clock.now()

    def test_where_all_are_there_nobody_waits(self) -> None:
        given = self.given("kisumu", "nairobi", GENERAL, "lagos")

        given.write()

        assert given.world.clock.now() == World().clock.now()

    def test_nor_where_nobody_can_have_commented_before(self) -> None:
        given = self.given(first=True)

        given.write()

        assert given.world.clock.now() == World().clock.now()

    def test_nor_where_lists_are_never_behind(self) -> None:
        given = self.given(behind=0.0)

        given.write()

        assert (given.listed, len(given.about)) == (1, 3)


class TestWhatCannotBeWritten:
    def test_one_keeps_no_other_back(self) -> None:
        given = Proposed(("kisumu", "nairobi"), general=(MISTAKE,))
        given.github.passing["add_comment"] = refused()

        with pytest.raises(NotSaid) as caught:
            given.write()

        assert given.about == ["nairobi", GENERAL]
        assert (caught.value.message, caught.value.hint) == (
            "not every comment could be written: GitHub refused",
            "Re-run the job: it writes what is missing.",
        )

    def test_of_several_the_first_is_told(self) -> None:
        given = Proposed(("kisumu",))
        given.github.wrote("lagos")
        given.github.passing["add_comment"] = refused()
        given.github.passing["edit_comment"] = ValueError("odd")

        with pytest.raises(NotSaid, match="GitHub refused"):
            given.write()

    @pytest.mark.parametrize("wrote", [GENERAL, "lagos"])
    def test_nor_is_any_missing_one_passed_over(self, wrote: str) -> None:
        given = Proposed(("nairobi",))
        given.github.wrote(wrote)
        given.github.passing["edit_comment"] = refused()

        with pytest.raises(NotSaid):
            given.write()

        assert "nairobi" in given.about

    def test_a_bug_is_told_as_one_without_its_text(self, caplog: pytest.LogCaptureFixture) -> None:
        given = Proposed(("kisumu", "nairobi"))
        given.github.passing["add_comment"] = ValueError("odd")

        with pytest.raises(NotSaid) as caught:
            given.write()

        assert caught.value.message == (
            "not every comment could be written: a bug of the provisioner, see the log"
        )
        assert given.about == ["nairobi"]
        assert "ValueError" in caplog.text


class TestThatNothingCouldBeChecked:
    def test_it_is_said_with_the_reason(self) -> None:
        given = Proposed()
        given.world.wiring.redactor.register("hunter2hunter2")

        say_not_checked(given.world.wiring, pull(), "no answer for hunter2hunter2")

        (shown,) = given.github.shown()
        assert given.about == [GENERAL]
        assert "**Why:** No answer for" in shown
        assert "hunter2" not in shown

    def test_a_list_that_is_behind_makes_no_second_comment(self) -> None:
        given = Proposed()
        given.world.wiring.lists = Lists(given.world.clock, 5.0)
        given.github.wrote(GENERAL)
        given.github.lists_behind[12] = 1

        say_not_checked(given.world.wiring, pull(), "no answer")

        assert given.about == [GENERAL]
        assert "No answer" in given.github.shown()[0]
