"""What `status` and `apply` print: a contract for programs, words for people."""

import json
from datetime import UTC, datetime, timedelta, timezone

from provisioner.models.run import RunState
from provisioner.report.status import overview_text, status_document, status_text
from tests.unit.report import runs


def test_the_document_has_exactly_the_promised_shape() -> None:
    document = json.loads(json.dumps(status_document([runs.waiting_run()])))
    assert set(document) == {"hubs"}
    hub = document["hubs"][0]
    assert set(hub) == {"hub", "state", "commit", "pull_request", "apps"}
    assert (hub["hub"], hub["state"]) == ("nairobi-commons", "waiting")
    assert (hub["commit"], hub["pull_request"]) == (runs.COMMIT, 12)
    app = hub["apps"][0]
    assert set(app) == {"id", "state", "url", "dns", "steps"}
    assert app["dns"][0] == {
        "type": "CNAME",
        "name": "docs.nairobi.example.org",
        "value": "3f2a9c41d07b65e8.vercel-dns-017.com",
        "state": "missing",
    }
    assert app["steps"][5] == {
        "action": "verify-dns",
        "state": "waiting",
        "attempts": 2,
        "started_at": "2026-03-03T13:58:00Z",
        "ended_at": None,
        "detail": "The DNS entries are not in place yet.",
        "hint": "Set them where the domain is registered. It can take an hour until they are "
        "seen; the provisioner looks again by itself.",
        "wake_at": "2026-03-03T14:30:00Z",
    }


def test_times_are_in_utc_whatever_zone_they_were_kept_in() -> None:
    nairobi = timezone(timedelta(hours=3))
    step = runs.failed_build().model_copy(
        update={"ended_at": datetime(2026, 3, 3, 1, 0, 0, 999, tzinfo=nairobi)}
    )
    run = runs.run(RunState.FAILED, runs.bot(step))
    document = json.loads(json.dumps(status_document([run])))
    assert document["hubs"][0]["apps"][0]["steps"][0]["ended_at"] == "2026-03-02T22:00:00Z"
    assert datetime.fromisoformat("2026-03-02T22:00:00Z").tzinfo == UTC


def test_of_no_run_the_document_is_empty_and_the_text_says_so() -> None:
    assert status_document([]) == {"hubs": []}
    assert status_text([]) == overview_text([]) == "no hub has a run on record"


def test_the_text_begins_with_who_must_act() -> None:
    assert status_text([runs.waiting_run()]).startswith(
        "🟠 Nairobi Commons is waiting for DNS entries. Hub facilitator, please set"
    )


def test_the_text_says_what_to_do_and_which_dns_entries_are_missing() -> None:
    text = status_text([runs.waiting_run()])
    assert "        to do: Set them where the domain is registered." in text
    assert "🟠 DNS: CNAME docs.nairobi.example.org = 3f2a" in text


def test_foreign_words_cannot_move_the_cursor_or_make_lines() -> None:
    lines = len(status_text([runs.with_words(runs.failed_run(), "word")]).splitlines())
    text = status_text([runs.with_words(runs.failed_run(), "a\x1b[2J\r\nb")])
    assert "\x1b" not in text
    assert len(text.splitlines()) == lines


def test_of_many_hubs_it_is_a_line_each_and_whoever_must_act_comes_first() -> None:
    states = [
        runs.named(runs.completed_run(), "a-live", "A", 1),
        runs.named(runs.running_run(), "b-goes-on", "B", 2),
        runs.named(runs.waiting_run(), "c-waits", "C", 3),
        runs.named(runs.failed_run(), "z-failed", "Z", 4),
        runs.named(runs.failed_run(), "y-failed", "Y", 5),
    ]

    failed = "“Build and publish” (Telegram bot) failed."
    assert overview_text(states).splitlines() == [
        f"❌ y-failed   maintainer, facilitator  Y: {failed}",
        f"❌ z-failed   maintainer, facilitator  Z: {failed}",
        "🟠 c-waits    facilitator              C is waiting for DNS entries.",
        "🟡 b-goes-on  nobody                   B is being set up.",
        "✅ a-live     nobody                   A is live.",
    ]


def test_foreign_titles_cannot_make_lines_of_the_overview() -> None:
    odd = runs.named(runs.completed_run(), "nairobi", "a\x1b[2J\r\nb", 1)

    assert overview_text([odd]) == "✅ nairobi  nobody  a b is live."
