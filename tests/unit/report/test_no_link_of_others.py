"""However foreign words are put together, no page of ours turns them into a link or a mention."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provisioner.models.diagnosis import Check, CheckState, Diagnosis
from provisioner.models.plan import AppPlan, HubPlan
from provisioner.models.run import Run
from provisioner.report.comment import render_run
from provisioner.report.diagnosis import diagnosis_markdown
from provisioner.report.plan import plan_markdown
from provisioner.report.prose import prose
from provisioner.report.pull_request import Proposed, render_pull_request
from provisioner.report.summary import render_summary
from provisioner.safetext import markdown, markdown_code, markdown_table_cell, side_by_side
from tests.unit.github_markdown import LINK_PARTS, NASTY, every_token, links, references
from tests.unit.report import plans, runs
from tests.unit.report.runs import LINKS

made_of_parts = st.lists(st.sampled_from(LINK_PARTS), max_size=9).map("".join)


def planned(words: str) -> HubPlan:
    plan = plans.blocked_hub()
    steps = tuple(
        step.model_copy(update={"detail": words, "hint": words}) for step in plan.apps[0].steps
    )
    app = AppPlan(id="docs", app="docs-site", title=words, steps=steps)
    return plan.model_copy(update={"title": words, "apps": (app,)})


def checked(words: str) -> Proposed:
    findings = tuple(
        item.model_copy(update={"message": words, "hint": words})
        for item in plans.BROKEN.file.findings
    )
    return plans.proposed(*findings, path=f"hubs/{words}.yaml", lines=(words,) * 8)


def examined(words: str) -> str:
    check = Check(area="tokens", name=words, state=CheckState.NOT_OK, detail=words, hint=words)
    return diagnosis_markdown(Diagnosis(checks=(check,)))


PAGES: dict[str, Callable[[str], str]] = {
    "waiting": lambda words: render_run(runs.with_words(runs.waiting_run(), words), LINKS),
    "failed": lambda words: render_run(runs.with_words(runs.failed_run(), words), LINKS),
    "live": lambda words: render_run(runs.with_words(runs.completed_run(), words), LINKS),
    "retired": lambda words: render_run(runs.with_words(runs.retired_run(), words), LINKS),
    "summary": lambda words: render_summary(
        [runs.with_words(runs.failed_run(), words), runs.waiting_run()], LINKS
    ),
    "broken file": lambda words: render_pull_request(checked(words), None, plans.HEAD),
    "blocked": lambda words: render_pull_request(plans.GOOD, planned(words), plans.HEAD),
    "not planned": lambda words: render_pull_request(
        plans.GOOD, None, plans.HEAD, not_planned=words
    ),
    "plan": lambda words: plan_markdown([planned(words)]),
    "doctor": examined,
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@given(made_of_parts)
@example("x_www.evil.example")
@example("`a``b`https://evil.example")
@example("//evil.example")
@settings(max_examples=40)
def test_foreign_words_add_no_link_to_a_page(page: Callable[[str], str], words: str) -> None:
    assert references(page(words)) == references(page("word"))
    assert set(map(host_of, links(page(words)))) == set(map(host_of, links(page("word"))))


def host_of(address: str) -> str:
    return address.split("/")[2]


@pytest.mark.parametrize("words", NASTY)
def test_what_stands_beside_foreign_words_makes_no_link_of_them(words: str) -> None:
    for first in ("_", "*", "(", "x_", "see ", "`a`", "www", "https:", "@", "GH-", "#"):
        source = f"{markdown(first)}{markdown(words)}{markdown(first)}"
        assert references(source) == []
        assert references(prose(f"{first}{words}")) == []


def test_half_an_address_makes_no_link_with_a_half_that_is_ours() -> None:
    def found(source: str) -> list[str]:
        return [*references(source), *links(source)]

    assert found("www.evil.example")
    assert found("https://evil.example")
    assert found(f"{markdown('www')}.evil.example") == []
    assert found(f"{markdown('https:')}//evil.example") == []


@given(
    st.lists(
        st.sampled_from([markdown, markdown_code, markdown_table_cell, prose]).flatmap(
            made_of_parts.map
        ),
        max_size=6,
    )
)
@example(["1", markdown("deadbeefcafe")])
def test_parts_side_by_side_stay_what_each_was(parts: list[str]) -> None:
    assert references(side_by_side(parts)) == []
    spans = [token for token in every_token(side_by_side(parts)) if token.type == "code_inline"]
    alone = [token for part in parts for token in every_token(part) if token.type == "code_inline"]
    assert [span.content for span in spans] == [span.content for span in alone]


@pytest.mark.parametrize("run", [runs.waiting_run(), runs.failed_run(), runs.completed_run()])
def test_a_forged_journal_leads_nobody_to_a_run_elsewhere(run: Run) -> None:
    for place in ("https://evil.example/actions/runs/1", f"{LINKS.repository}.evil.example/x"):
        forged = run.model_copy(update={"actions_run_url": place})
        assert not [link for link in links(render_run(forged, LINKS)) if "evil" in link]
