"""The comment before the merge: what its author fixes, what a maintainer can trust."""

import pytest

from provisioner.models.plan import Verdict
from provisioner.report.comment import COMMENT_LIMIT
from provisioner.report.links import Links
from provisioner.report.marker import find_marker
from provisioner.report.pull_request import no_longer_changed, render_pull_request
from tests.unit.github_markdown import NASTY, every_token, links, shown, structure
from tests.unit.report import plans
from tests.unit.report.plans import BROKEN, GOOD, HEAD, REMOVED, proposed


def first_line(text: str) -> str:
    return shown(text.split("\n")[1])


class TestBrokenFile:
    def test_asks_its_author_and_counts_only_what_must_be_fixed(self) -> None:
        assert first_line(render_pull_request(BROKEN, None, HEAD)) == (
            "❌ 2 things to fix in hubs/nairobi-commons.yaml. "
            "Author of this pull request, please fix them and commit again."
        )

    def test_speaks_of_one_thing_as_one(self) -> None:
        text = render_pull_request(proposed(plans.NOT_A_LIST), None, HEAD)
        assert "❌ 1 thing to fix" in first_line(text)
        assert "please fix it and" in first_line(text)

    def test_links_the_line_shows_it_with_a_caret_and_says_the_fix(self) -> None:
        text = render_pull_request(proposed(plans.NOT_A_LIST), None, HEAD)
        assert links(text) == [
            f"https://github.com/amina-k/hubs/blob/{GOOD.commit}/hubs/nairobi-commons.yaml#L6"
        ]
        fences = [token.content for token in every_token(text) if token.type == "fence"]
        assert fences == [
            "6 |     domains: docs.nairobi.example.org\n  |              ^\n",
        ]
        assert "**To fix it:** Write `- docs.nairobi.example.org` on a line of its own" in text

    def test_shows_warnings_apart_and_after(self) -> None:
        text = render_pull_request(BROKEN, None, HEAD)
        assert text.index("API&#95;TOKEN" if "API&#95;TOKEN" in text else "API_TOKEN") < text.index(
            "Worth a look, but no obstacle"
        )
        assert "No `github` account is named" in text

    def test_says_that_nothing_was_changed(self) -> None:
        assert "Nothing was created or changed." in render_pull_request(BROKEN, None, HEAD)

    def test_a_finding_about_a_line_that_is_not_there_has_no_excerpt(self) -> None:
        finding = plans.NOT_A_LIST.model_copy(update={"line": 99})
        text = render_pull_request(proposed(finding), None, HEAD)
        assert not [token for token in every_token(text) if token.type == "fence"]

    def test_with_very_many_findings_keeps_its_limit_and_counts_the_rest(self) -> None:
        finding = plans.NOT_A_LIST.model_copy(update={"message": "@" * 900})
        text = render_pull_request(proposed(*[finding] * 90), None, HEAD)
        assert len(text) <= COMMENT_LIMIT
        assert "❌ 90 things to fix" in first_line(text)
        assert "more, shown when these are fixed." in text

    @pytest.mark.parametrize("words", NASTY)
    def test_foreign_words_change_nothing_but_words(self, words: str) -> None:
        def page(text: str) -> str:
            finding = plans.NOT_A_LIST.model_copy(update={"message": text, "hint": text})
            lines = (*["x"] * 5, f"  domains: {text}")
            return render_pull_request(proposed(finding, lines=lines), None, HEAD)

        assert structure(page(words)) == structure(page("word"))
        assert not [link for link in links(page(words)) if "evil" in link]


class TestGoodFile:
    def test_is_ready_for_a_maintainer(self) -> None:
        text = render_pull_request(GOOD, plans.new_hub(), HEAD)
        assert first_line(text) == (
            "✅ hubs/nairobi-commons.yaml is ready to be merged by a network maintainer."
        )
        assert find_marker(text) == "nairobi-commons"

    def test_says_what_will_be_made_and_where(self) -> None:
        text = render_pull_request(GOOD, plans.new_hub(), HEAD)
        assert "What a merge does: 5 things to create." in text
        assert "| create | Create the hosting project | Make the project nairobi-commons/" in text

    def test_says_that_dns_comes_after_the_merge(self) -> None:
        text = render_pull_request(GOOD, plans.new_hub(), HEAD)
        assert "After the merge, this comment shows progress and the DNS entries to set." in text

    def test_shows_warnings_too(self) -> None:
        text = render_pull_request(proposed(plans.NO_ACCOUNT), plans.new_hub(), HEAD)
        assert first_line(text).startswith("✅")
        assert "Worth a look, but no obstacle" in text

    def test_with_nothing_to_do_says_so(self) -> None:
        text = render_pull_request(GOOD, plans.settled_hub(), HEAD)
        assert "there is nothing to do" in text


class TestObstacles:
    def test_a_blocked_plan_is_not_called_ready_and_names_who_acts(self) -> None:
        text = render_pull_request(GOOD, plans.blocked_hub(), HEAD)
        assert first_line(text) == (
            "🟠 hubs/nairobi-commons.yaml is in order, but a merge is blocked. "
            "Hub facilitator, please see “To do” below."
        )
        assert "**To do (hub facilitator):** Rename it, or write `adopt: true`" in text

    def test_what_could_not_be_checked_is_not_called_nothing_to_do(self) -> None:
        text = render_pull_request(GOOD, plans.unseen_hub(), HEAD)
        assert "🟠" in first_line(text)
        assert "not everything could be checked" in first_line(text)
        assert "| could not check | Copy the repository | GitHub could not be reached. |" in text
        assert "nothing to do" not in text

    def test_without_any_plan_says_why(self) -> None:
        text = render_pull_request(GOOD, None, HEAD, not_planned="GitHub could not be reached.")
        assert (
            "could not be checked. Network maintainer, please run the check again."
            in first_line(text)
        )
        assert "**Why:** GitHub could not be reached." in text

    def test_where_nobody_was_to_look_the_file_alone_decides(self) -> None:
        text = render_pull_request(GOOD, None, HEAD)
        assert first_line(text) == (
            "✅ hubs/nairobi-commons.yaml is in order and can be merged by a network maintainer."
        )
        assert "was not looked at" in text
        assert "could not" not in text
        assert text.rstrip().endswith("and the DNS entries to set.")


class TestRemoval:
    def test_where_nobody_was_to_look_promises_no_dns_entries(self) -> None:
        text = render_pull_request(REMOVED, None, HEAD)
        assert first_line(text).startswith("✅ The removal of hubs/nairobi-commons.yaml is")
        assert "DNS" not in text

    def test_says_what_goes_offline_and_that_nothing_is_deleted(self) -> None:
        text = render_pull_request(REMOVED, plans.leaving_hub(), HEAD)
        assert first_line(text) == (
            "✅ Ready to be merged by a network maintainer; it takes Nairobi Commons offline."
        )
        assert "2 things to take away. Nothing is deleted" in text
        assert "DNS entries to set" not in text

    def test_that_is_blocked_is_not_called_ready(self) -> None:
        step = plans.planned("pause-project", Verdict.BLOCKED, "No.", hint="Ask.")
        plan = plans.hub_plan(step, retiring=True)
        line = first_line(render_pull_request(GOOD, plan, HEAD))
        assert (
            "The removal of hubs/nairobi-commons.yaml is in order, but a merge is blocked" in line
        )
        assert "Network maintainer, please see “To do” below." in line


def test_a_file_taken_out_of_the_pull_request_is_no_longer_called_ready() -> None:
    text = no_longer_changed("nairobi-commons")
    assert find_marker(text) == "nairobi-commons"
    assert "no longer changes" in first_line(text)


def test_without_addresses_lines_are_only_named() -> None:
    text = render_pull_request(BROKEN, None, Links())
    assert "**1.** line 6: `domains` must be a list of host names." in text
