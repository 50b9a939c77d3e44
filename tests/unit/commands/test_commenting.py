"""What one pull request is told before its merge: a comment a file, and one about the whole."""

import pytest

from provisioner.commands.commenting import FOR_OBSERVING, MOST_COMMENTS
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.load import absent
from provisioner.errors import ProvisionerError
from provisioner.models.finding import Finding
from provisioner.report.marker import GENERAL
from tests.unit.commands.github import refused
from tests.unit.commands.proposed import MISTAKE, TOKENS, Proposed, example


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

    @pytest.mark.parametrize("missing", FOR_OBSERVING)
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
