"""The comment in the pull request, as its readers meet it."""

import pytest

from provisioner.models.dns import DnsState
from provisioner.models.plan import Actor
from provisioner.models.run import Run, RunState, StepRecord, StepState
from provisioner.report.comment import render_run
from provisioner.report.links import Links
from tests.unit.github_markdown import NASTY, every_token, links, shown, structure
from tests.unit.report import runs
from tests.unit.report.runs import BOT, LINKS, WEBSITE, steps


def comment(run: Run, **more: int) -> str:
    return render_run(run, LINKS, **more)


def first_line(text: str) -> str:
    """The first line that is seen."""
    return shown(text.split("\n")[1])


def before(text: str, first: str, second: str) -> bool:
    return 0 <= text.find(first) < text.find(second)


class TestFailure:
    def test_is_told_before_everything_else(self) -> None:
        text = comment(runs.failed_run())
        assert before(text, "**What happened:**", "#### DNS entries")
        assert before(text, "**What happened:**", "Documentation site: waiting")

    def test_says_what_happened_what_changed_and_what_to_do(self) -> None:
        text = comment(runs.failed_run())
        assert "could not be deployed: Command `npm run build` exited with 1." in text
        assert "3 of 6 steps are finished and will not be repeated. A re-run goes on here." in text
        assert "**What to do (network maintainer):** Read the end of the build log" in text

    def test_of_a_first_step_says_that_nothing_is_finished(self) -> None:
        failed = StepRecord(action="fork-repository", state=StepState.FAILED, detail="No.")
        run = runs.run(RunState.FAILED, runs.docs(*steps(WEBSITE, "docs", 0, failed), url=False))
        assert "no step of this app is finished" in comment(run)

    def test_folds_the_build_log_away(self) -> None:
        text = comment(runs.failed_run())
        assert before(text, "<summary>The end of the build log</summary>", "error TS2322")

    def test_a_step_that_waits_for_a_person_is_told_like_one(self) -> None:
        waiting = StepRecord(
            action="create-project",
            state=StepState.WAITING,
            detail="Vercel cannot see the new repository.",
            hint="Open https://github.com/apps/vercel and allow it.",
            who=Actor.FACILITATOR,
            wake_at=runs.NOW,
        )
        run = runs.run(RunState.WAITING, runs.docs(*steps(WEBSITE, "docs", 1, waiting), url=False))
        text = comment(run)
        assert "Hub facilitator, please see “What to do” below." in first_line(text)
        assert "**What to do (hub facilitator):** Open [" in text
        assert "https://github.com/apps/vercel" in links(text)


class TestDns:
    def test_shows_type_both_names_value_and_what_public_dns_answers(self) -> None:
        text = comment(runs.failed_run())
        row = next(line for line in text.split("\n") if line.startswith("| ❌ | CNAME"))
        cells = [shown(cell) for cell in row.strip("|").split(" | ")]
        assert cells[1] == "CNAME"
        assert cells[2] == "docsdocs.nairobi.example.org"
        assert cells[3] == "3f2a9c41d07b65e8.vercel-dns-017.com"
        assert cells[4].strip() == "something else: old-host.example.net"

    def test_tells_apart_what_to_set_and_what_to_remove(self) -> None:
        text = comment(runs.failed_run())
        assert before(text, "**Remove these**", "| ❌ | AAAA")
        assert "It leads visitors to another server." in text
        assert before(text, "Set for nairobi.example.org", "Remove for nairobi.example.org")

    def test_has_the_same_as_text_to_copy(self) -> None:
        fences = [t.content for t in every_token(comment(runs.waiting_run())) if t.type == "fence"]
        assert fences == [
            "Set for nairobi.example.org\n"
            "Type:  CNAME\nName:  docs\nValue: 3f2a9c41d07b65e8.vercel-dns-017.com\n\n"
            "Set for nairobi.example.org\n"
            "Type:  TXT\nName:  _vercel\n"
            "Value: vc-domain-verify=docs.nairobi.example.org,1a2b3c4d5e6f\n"
        ]

    def test_does_not_ask_again_for_what_is_set(self) -> None:
        app = runs.docs(
            *steps(WEBSITE, "docs", 5, runs.waiting_for_dns()),
            dns=(runs.cname(DnsState.OK, "x"), runs.ownership()),
        )
        text = comment(runs.run(RunState.WAITING, app))
        assert "please set the DNS entry below" in first_line(text)
        assert "this value" in text
        assert "Value: 3f2a" not in text

    def test_says_when_public_dns_could_not_be_asked(self) -> None:
        app = runs.docs(
            *steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=(runs.cname(DnsState.UNKNOWN),)
        )
        assert "| could not be asked |" in comment(runs.run(RunState.WAITING, app))

    def test_is_folded_away_once_all_is_set(self) -> None:
        text = comment(runs.completed_run())
        assert before(text, "<summary>✅ 2 DNS entries are set</summary>", "| CNAME |")

    def test_two_apps_with_the_same_entry_show_it_once(self) -> None:
        app = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=(runs.cname(),))
        text = comment(runs.run(RunState.WAITING, app, app.model_copy(update={"id": "wiki"})))
        assert text.count("| CNAME |") == 1

    def test_a_note_stands_below_the_table(self) -> None:
        app = runs.docs(
            *steps(WEBSITE, "docs", 5, runs.waiting_for_dns()),
            dns=(runs.cname(note="Turn the proxy off."),),
        )
        assert "- `docs`: Turn the proxy off." in comment(runs.run(RunState.WAITING, app))


class TestApps:
    def test_a_finished_app_is_folded_and_the_current_one_open(self) -> None:
        text = comment(runs.waiting_run())
        assert "<summary>✅ <b>Telegram bot</b> is live (6 steps)</summary>" in text
        assert "#### 🟠 Documentation site: waiting" in text

    def test_a_live_app_is_linked_at_the_top(self) -> None:
        text = comment(runs.waiting_run())
        assert before(text, "**Telegram bot:** [nairobi-commons--bot.vercel.app]", "#### DNS")

    def test_an_app_that_waits_for_dns_can_be_seen_under_the_hosts_name(self) -> None:
        text = comment(runs.waiting_run())
        assert "Its address so far: [nairobi-commons--docs.vercel.app](https://nairobi" in text
        assert "https://docs.nairobi.example.org" not in links(text)

    def test_each_step_has_a_sign_plain_words_a_state_and_its_time(self) -> None:
        text = comment(runs.waiting_run())
        assert "| ✅ | Build and publish | done in 41 s · Built and live. |" in text
        assert "| 🟠 | Check the DNS entries | waiting (attempt 2) · The DNS entries" in text
        assert "| ⚪ | Check that the app answers | not started |" in text

    def test_a_dropped_app_of_a_living_hub_says_what_was_kept(self) -> None:
        old = runs.retired_run().apps[0]
        run = runs.run(RunState.COMPLETED, runs.bot(*steps(BOT, "bot", 6)), old)
        text = comment(run)
        assert "✅ Nairobi Commons is live." in first_line(text)
        assert "put the app back into `hubs/nairobi-commons.yaml`" in text
        assert "https://docs.nairobi.example.org" not in links(text)


class TestRetired:
    def test_says_what_is_kept_and_how_to_come_back(self) -> None:
        text = comment(runs.retired_run())
        assert "#### Taken offline, nothing deleted" in text
        assert "kept: repository `nairobi-commons/nairobi-commons--docs`, project" in text
        assert "put `hubs/nairobi-commons.yaml` back as it was" in text

    def test_names_the_dns_entries_that_may_go_and_asks_for_none(self) -> None:
        text = comment(runs.retired_run())
        assert "DNS entries that may now be removed: `CNAME docs.nairobi.example.org`." in text
        assert "#### DNS entries" not in text


class TestFoot:
    def test_links_commit_and_actions_run(self) -> None:
        addresses = links(comment(runs.completed_run()))
        assert f"https://github.com/example-network/hubs/commit/{runs.COMMIT}" in addresses
        assert runs.ACTIONS_RUN in addresses

    def test_says_when_it_looks_again_and_how_to_make_it(self) -> None:
        text = comment(runs.waiting_run())
        assert "looks again at about 14:30 UTC on 3 March." in text
        assert "chooses “Re-run jobs”" in text

    def test_without_an_actions_run_names_the_command(self) -> None:
        text = comment(runs.waiting_run().model_copy(update={"actions_run_url": None}))
        assert "run `provisioner apply nairobi-commons`" in text

    def test_of_a_live_hub_asks_for_no_re_run(self) -> None:
        assert "Re-run" not in comment(runs.completed_run())

    def test_a_later_change_is_named(self) -> None:
        text = comment(runs.run(RunState.SUPERSEDED), superseded_by=15)
        assert (
            "Follow it in [pull request 15](https://github.com/example-network/hubs/pull/15)."
            in text
        )

    def test_notes_are_shown(self) -> None:
        run = runs.completed_run().model_copy(update={"notes": ("This is the branch's head.",)})
        assert "- This is the branch's head." in comment(run)

    def test_without_addresses_there_are_no_links_to_nowhere(self) -> None:
        text = render_run(
            runs.completed_run().model_copy(update={"actions_run_url": None}), Links()
        )
        assert links(text) == [
            "https://docs.nairobi.example.org",
            "https://nairobi-commons--bot.vercel.app",
        ]


ALL = [runs.waiting_run, runs.failed_run, runs.completed_run, runs.running_run, runs.retired_run]


class TestForeignWords:
    @pytest.mark.parametrize("given", ALL)
    def test_change_nothing_but_words(self, given: object) -> None:
        assert callable(given)
        run = given()
        harmless = structure(comment(runs.with_words(run, "word")))
        own = {link for link in links(comment(run)) if "github.com" in link}
        for words in NASTY:
            text = comment(runs.with_words(run, words))
            assert structure(text) == harmless, words
            assert not [link for link in links(text) if "evil" in link], words
            assert own <= set(links(text))
            assert not [token for token in every_token(text) if token.type == "image"]

    @pytest.mark.parametrize("given", ALL)
    def test_the_same_run_gives_the_same_text(self, given: object) -> None:
        assert callable(given)
        assert comment(given()) == comment(Run.model_validate_json(given().model_dump_json()))


def test_only_the_comment_of_a_hub_that_is_live_leads_to_a_receipt() -> None:
    live = runs.completed_run()
    assert f"({runs.ACTIONS_RUN}#artifacts)" in render_run(live, LINKS)
    without_page = live.model_copy(update={"actions_run_url": None})
    others = (runs.waiting_run(), runs.failed_run(), runs.running_run(), runs.retired_run())
    for run in (*others, without_page):
        assert "receipt" not in render_run(run, LINKS)


def test_the_comment_promises_no_signature_which_comes_later_if_at_all() -> None:
    assert "sign" not in render_run(runs.completed_run(), LINKS)
