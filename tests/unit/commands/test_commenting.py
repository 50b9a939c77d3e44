"""What one pull request is told before its merge: a comment a file, and one about the whole."""

from dataclasses import dataclass, field

import pytest

from provisioner.commands.commenting import (
    FOR_LOOKING,
    MOST_COMMENTS,
    Comments,
    NotSaid,
    say_not_checked,
)
from provisioner.commands.reviewing import Reviewer
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.proposal import Proposal
from provisioner.desired.read.load import absent
from provisioner.errors import ProvisionerError
from provisioner.models.finding import Finding
from provisioner.report.finding import Lists
from provisioner.report.marker import GENERAL, find_marker
from tests.unit.actions.hosted import Hosted, readers
from tests.unit.commands.github import GitHub, pull, refused
from tests.unit.commands.hubs import World

MISTAKE = Finding(code="odd", message="this is odd")
TOKENS = dict.fromkeys(FOR_LOOKING, "a-token-of-nobody")
BROKEN = "name: [\n"


@dataclass
class Proposed:
    """A pull request that adds `files`, where `others` are there already."""

    files: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    examples: tuple[JudgedFile, ...] = ()
    general: tuple[Finding, ...] = ()
    judged: tuple[JudgedFile, ...] = ()
    elsewhere: tuple[str, ...] = ()
    first: bool = False
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        environ = {"GITHUB_REPOSITORY": "example-network/hubs", **self.tokens}
        self.world = World(*self.files, environ=environ)
        self.world.files |= {f"{hub}.yaml": BROKEN for hub in self.broken}
        self.world.wiring.readers = readers(Hosted())
        self.github = GitHub().beside(self.world.wiring)

    def write(self) -> None:
        wiring, read = self.world.wiring, self.world.wiring.journal.read
        reviewer = Reviewer(wiring.network, wiring.retrier, self.elsewhere)
        Comments(wiring, pull(), self._proposal(), reviewer, read, self.first).write()

    def _proposal(self) -> Proposal:
        after = self.world.desired
        gone = tuple(JudgedFile(absent(f"hubs/{hub}.yaml")) for hub in self.removed)
        return Proposal(
            (*after.files, *gone, *self.judged), self.examples, self.general, after, after
        )

    @property
    def about(self) -> list[str | None]:
        """What each comment is about."""
        return [find_marker(comment.body) for comment in self.github.said.get(12, [])]

    @property
    def listed(self) -> int:
        return self.github.asked.count("comments 12")


def example(*findings: Finding) -> JudgedFile:
    return JudgedFile(absent("hubs/_example.yaml"), findings)


class TestOneForEachFile:
    def test_each_says_how_its_file_is(self) -> None:
        given = Proposed(("kisumu",), broken=("nairobi",))

        given.write()

        kisumu, nairobi = given.github.shown()
        assert given.about == ["kisumu", "nairobi"]
        assert kisumu.startswith("### ✅ `hubs/kisumu.yaml` is in order")
        assert nairobi.startswith("### ❌ 1 thing to fix in `hubs/nairobi.yaml`")

    def test_of_very_many_the_first_have_one(self) -> None:
        assert MOST_COMMENTS == 25
        hubs = tuple(f"hub-{number:03}" for number in range(27))
        given = Proposed(broken=hubs)

        given.write()

        assert given.about == list(hubs[:25])

    def test_a_name_that_no_hub_can_have_is_told_apart_by_a_mark_of_its_own(self) -> None:
        given = Proposed(removed=("no_hub",))

        given.write()

        (mark,) = given.about
        assert mark is not None
        assert mark.startswith("file-")


class TestNoSecret:
    """It is hidden before a text is cut or begins with a capital: then it is no longer found."""

    def given(self, *files: str, looking: bool = False) -> Proposed:
        given = Proposed(files, tokens=TOKENS if looking else {})
        given.world.wiring.redactor.register("hunter2hunter2")
        return given

    def test_at_the_beginning_of_what_is_wrong_with_the_whole(self) -> None:
        odd = Finding(code="odd", message="hunter2hunter2 is odd")
        given = self.given()
        given.general = (odd,)
        given.examples = (example(odd),)

        given.write()

        (shown,) = given.github.shown()
        assert shown.count("is odd") == 2
        assert "hunter2" not in shown.lower()

    def test_nor_of_what_is_wrong_with_a_file(self) -> None:
        given = self.given()
        odd = Finding(code="odd", message="odd", hint="hunter2hunter2 is to go")
        given.judged = (JudgedFile(absent("hubs/nairobi.yaml"), (odd,)),)

        given.write()

        (shown,) = given.github.shown()
        assert "is to go" in shown
        assert "hunter2" not in shown.lower()

    def test_in_the_reason_why_nothing_could_be_looked_at(self) -> None:
        given = self.given("nairobi", looking=True)
        trouble = ProvisionerError(f"{'x' * 990} hunter2hunter2")
        given.world.store.refusals["hubs/nairobi.json"] = trouble

        given.write()

        (shown,) = given.github.shown()
        assert "**Why:** xxx" in shown
        assert "hun" not in shown

    def test_at_the_end_of_a_title_that_is_cut(self) -> None:
        given = self.given(looking=True)
        given.removed = ("nairobi",)
        given.world.record("nairobi", title=f"{'x' * 92} hunter2hunter2")

        given.write()

        (shown,) = given.github.shown()
        assert "xxx" in shown
        assert "hunter" not in shown

    def test_in_what_a_person_has_to_judge(self) -> None:
        given = self.given()
        given.elsewhere = (f"{'x' * 490}/hunter2hunter2",)
        given.removed = ("nairobi",)

        given.write()

        assert "hunter" not in given.github.shown()[0]


class TestAboutTheWhole:
    def test_what_is_wrong_with_it_has_one_of_its_own(self) -> None:
        given = Proposed(("nairobi",), general=(MISTAKE,))

        given.write()

        assert given.about == ["nairobi", GENERAL]
        assert "This is odd." in given.github.shown()[1]

    def test_so_has_an_example_with_mistakes(self) -> None:
        given = Proposed(examples=(example(MISTAKE),))

        given.write()

        (shown,) = given.github.shown()
        assert given.about == [GENERAL]
        assert "`hubs/_example.yaml`: This is odd." in shown

    def test_an_example_without_any_is_passed_over(self) -> None:
        given = Proposed(examples=(example(), example(MISTAKE)))

        given.write()

        assert given.github.shown()[0].count("_example.yaml") == 1

    def test_where_nothing_is_wrong_nothing_is_said(self) -> None:
        given = Proposed(examples=(example(),))

        given.write()

        assert given.about == []


class TestWhatAMergeWouldDo:
    def test_it_is_told_where_the_network_gave_tokens_to_look(self) -> None:
        given = Proposed(("nairobi",), tokens=TOKENS)

        given.write()

        (shown,) = given.github.shown()
        assert shown.startswith("### 🟠 `hubs/nairobi.yaml` is in order, but a merge is blocked.")

    @pytest.mark.parametrize("missing", FOR_LOOKING)
    def test_without_one_of_them_nobody_looks(self, missing: str) -> None:
        given = Proposed(("nairobi",), tokens={**TOKENS, missing: ""})

        given.write()

        assert "was not looked at" in given.github.shown()[0]

    def test_what_a_broken_file_would_do_is_not_looked_at(self) -> None:
        given = Proposed(broken=("nairobi",), tokens=TOKENS)
        given.world.store.refusals["hubs/nairobi.json"] = AssertionError("read")

        given.write()

        assert given.github.shown()[0].startswith("### ❌")

    def test_what_cannot_be_seen_is_said_so_with_the_reason(self) -> None:
        given = Proposed(("nairobi",), tokens=TOKENS)
        given.world.store.refusals["hubs/nairobi.json"] = refused()

        given.write()

        (shown,) = given.github.shown()
        assert "could not be checked" in shown
        assert "**Why:** GitHub refused" in shown

    def test_a_hub_that_leaves_is_planned_as_well(self) -> None:
        given = Proposed(removed=("nairobi",), tokens=TOKENS)
        given.world.record("nairobi")

        given.write()

        assert "it takes The hub nairobi offline" in given.github.shown()[0]


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
