"""A plan, for a terminal, a program and an Actions matrix."""

import json

import pytest

from provisioner.models.plan import HubPlan, Verdict
from provisioner.report.plan import (
    MATRIX_LIMIT,
    plan_document,
    plan_markdown,
    plan_matrix,
    plan_outcome,
    plan_text,
)
from tests.unit.github_markdown import NASTY, structure
from tests.unit.report import plans


def hubs(number: int) -> list[HubPlan]:
    return [plans.hub_plan(hub=f"hub{n:03}") for n in range(number)]


class TestWords:
    @pytest.mark.parametrize(
        ("plan", "said"),
        [
            (plans.new_hub(), "5 things to create"),
            (plans.blocked_hub(), "1 step blocked"),
            (plans.settled_hub(), "nothing to do"),
            (plans.unseen_hub(), "1 step that could not be checked"),
            (plans.leaving_hub(), "2 things to take away"),
            (plans.hub_plan(), "nothing to do"),
        ],
    )
    def test_of_an_outcome(self, plan: HubPlan, said: str) -> None:
        assert plan_outcome(plan) == said

    def test_of_several_kinds_of_change(self) -> None:
        kinds = (Verdict.CREATE, Verdict.UPDATE, Verdict.ADOPT, Verdict.REMOVE, Verdict.BLOCKED)
        plan = plans.hub_plan(*(plans.planned("deploy", verdict) for verdict in kinds))
        assert plan_outcome(plan) == (
            "1 thing to create, 1 thing to change, 1 thing to take over, 1 thing to take away, "
            "1 step blocked"
        )


class TestText:
    def test_ends_with_a_count_that_tells_nothing_to_do_from_could_not_check(self) -> None:
        every = [plans.new_hub(), plans.unseen_hub(), plans.settled_hub(), plans.blocked_hub()]
        assert plan_text(every).splitlines()[-1] == (
            "4 hubs: 1 with changes, 1 blocked, 1 that could not be checked "
            "and 1 with nothing to do."
        )

    def test_of_no_hub_counts_none(self) -> None:
        assert plan_text([]) == "0 hubs.\n"

    def test_says_why_now_or_why_not(self) -> None:
        assert "  why now: its file has changed\n" in plan_text([plans.new_hub()])
        later = plans.new_hub().model_copy(update={"due": False, "reason": "it waits until 14:30"})
        assert "  not due: it waits until 14:30\n" in plan_text([later])

    def test_names_who_has_to_do_what(self) -> None:
        text = plan_text([plans.blocked_hub()])
        assert "to do (hub facilitator): Rename it" in text

    def test_is_safe_for_a_terminal(self) -> None:
        step = plans.planned("deploy", Verdict.CREATE, "a\x1b[31mb\nc")
        assert "Build and publish: ab c\n" in plan_text([plans.hub_plan(step, title="x\x1b[2J")])


class TestMarkdown:
    @pytest.mark.parametrize("words", NASTY)
    def test_foreign_words_change_nothing_but_words(self, words: str) -> None:
        def page(text: str) -> str:
            step = plans.planned("deploy", Verdict.CREATE, text, hint=text)
            return plan_markdown([plans.hub_plan(step, title=text), plans.settled_hub()])

        assert structure(page(words)) == structure(page("word"))


class TestDocument:
    def test_holds_the_whole_plan_as_json(self) -> None:
        plan = plans.blocked_hub()
        document = json.loads(json.dumps(plan_document([plan])))
        assert document["hubs"][0].pop("outcome") == "1 step blocked"
        assert HubPlan.model_validate(document["hubs"][0]) == plan


class TestMatrix:
    def test_has_a_job_with_its_environment_for_each_due_hub(self) -> None:
        due, other = hubs(2)
        matrix = plan_matrix([due, other.model_copy(update={"due": False})], {"hub000": "own"})
        assert matrix.document == {"include": [{"hub": "hub000", "environment": "own"}]}
        assert matrix.left_out == ()

    def test_leaves_what_is_over_the_limit_to_the_next_run_and_says_so(self) -> None:
        many = hubs(MATRIX_LIMIT + 3)
        matrix = plan_matrix(many, {plan.hub: "shared" for plan in many})
        assert len(matrix.include) == MATRIX_LIMIT
        assert matrix.left_out == ("hub256", "hub257", "hub258")

    def test_never_makes_up_an_environment(self) -> None:
        with pytest.raises(KeyError):
            plan_matrix(hubs(1), {})
