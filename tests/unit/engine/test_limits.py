"""Whatever assessments say, the journal stays below its limit and reads back as it was written."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provisioner.clock import ManualClock
from provisioner.engine.journal_file import understood
from provisioner.engine.limits import (
    MOST_BYTES,
    MOST_DETAIL,
    TooLarge,
    excess,
    fitted,
    kept_assessment,
    tidy,
    written,
)
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import FatalError
from provisioner.models.dns import DnsEntry
from provisioner.models.journal import HubJournal, PastRun
from provisioner.models.plan import Resource, Verdict
from provisioner.models.run import AppRecord, Run, RunState, StepRecord
from tests.unit.engine.world import Thing, World

NOW = ManualClock().now()

TEXTS = st.one_of(
    st.text(alphabet=st.characters(), max_size=40),
    st.text(alphabet='\x00\ud800\udfff🦩\u202e"\\\n\x1b', max_size=40),
    st.builds(
        lambda piece, times: piece * times,
        st.sampled_from(["x", "\x00", "\ud800", "🦩", "é", '"', "\\", "a.example."]),
        st.sampled_from([1, 300, 2_000, 50_000]),
    ),
)
ENTRIES = st.builds(
    DnsEntry,
    type=TEXTS,
    name=TEXTS,
    value=TEXTS,
    zone=TEXTS,
    note=TEXTS,
    also=st.lists(TEXTS, max_size=3).map(tuple),
    answers=st.lists(TEXTS, max_size=3).map(tuple),
)
LOOKS = st.builds(
    Assessment,
    verdict=st.sampled_from([Verdict.CREATE, Verdict.KEEP, Verdict.BLOCKED]),
    detail=TEXTS,
    hint=TEXTS,
    url=st.none() | TEXTS,
    progress=st.sampled_from([Progress.SETTLED, Progress.WAITING]),
    resources=st.lists(st.builds(Resource, kind=TEXTS, name=TEXTS), max_size=3).map(tuple),
    dns=st.none()
    | st.builds(lambda entry, times: (entry,) * times, ENTRIES, st.sampled_from([0, 1, 1_000])),
)


@settings(max_examples=25)
@given(st.lists(LOOKS, min_size=1, max_size=4), TEXTS, st.lists(TEXTS, max_size=3))
def test_a_run_with_absurd_assessments_gives_a_journal_that_reads_back(
    looks: list[Assessment], message: str, lines: list[str]
) -> None:
    world = World()
    refused = FatalError(message, message, log_tail=tuple(lines) * 100)
    things = [
        Thing(f"step-{number}", seen_as=lambda _, look=look: look)  # type: ignore[misc]
        for number, look in enumerate(looks)
    ]
    broken = Thing("broken", script=[refused])

    world.run({"docs": things, "bot": [broken]})

    assert len(world.written) <= MOST_BYTES
    journal = understood(world.written, "nairobi")
    assert written(journal) == world.written


def full(apps: int, steps: int, entries: int = 0, resources: int = 0, past: int = 0) -> HubJournal:
    """A journal of records that are each as large as a record may be."""
    step = StepRecord(
        action="deploy", detail="\x00" * 2_000, hint="🦩" * 1_000, log_tail=("\x00" * 500,) * 60
    )
    entry = DnsEntry(type="TXT", name="n" * 300, value="v" * 1_000)
    run = Run(
        id="r" * 60,
        hub="nairobi",
        title="Nairobi",
        state=RunState.FAILED,
        digest="d1",
        started_at=NOW,
        apps=tuple(
            AppRecord(
                id=f"app-{number}",
                app="docs-site",
                steps=(step,) * steps,
                dns=(entry,) * entries,
                resources=tuple(
                    Resource(kind="domain", name=f"{item}.{'x' * 280}") for item in range(resources)
                ),
            )
            for number in range(apps)
        ),
    )
    earlier = PastRun(id="p" * 4_000, state=run.state, digest="d0", started_at=NOW)
    return HubJournal(hub="nairobi", run=run, history=(earlier,) * past)


def test_a_journal_that_fits_is_left_as_it_is() -> None:
    journal = full(apps=1, steps=1, past=10)

    assert fitted(journal) is journal


@pytest.mark.parametrize(("past", "kept"), [(130, 65), (300, 0)])
def test_history_goes_before_anything_of_the_run(past: int, kept: int) -> None:
    journal = full(apps=1, steps=1, past=past)

    small = fitted(journal)

    assert len(small.history) == kept
    assert small.run == journal.run


@pytest.mark.parametrize(("apps", "steps"), [(3, 2), (20, 9), (40, 2)])
def test_the_largest_runs_fit_and_what_they_touch_is_never_left_out(apps: int, steps: int) -> None:
    journal = full(apps, steps, entries=200, resources=12, past=50)

    small = fitted(journal)

    assert len(written(small)) <= MOST_BYTES
    assert understood(written(small), "nairobi") == small
    assert [app.resources for app in small.run.apps] == [app.resources for app in journal.run.apps]


def test_a_journal_that_nothing_makes_small_is_never_written() -> None:
    with pytest.raises(TooLarge):
        fitted(full(apps=60, steps=1, resources=100))


def swollen(apps: int) -> HubJournal:
    """A journal of so many apps, each with a step, sixty lines of a log and as many entries."""
    step = StepRecord(
        action="deploy", detail="x" * 2_000, hint="y" * 1_000, log_tail=("z" * 500,) * 60
    )
    entry = DnsEntry(type="TXT", name="n" * 99, value="v" * 99)
    journal = full(apps, 0)
    update = {"steps": (step,), "dns": (entry,) * 60}
    apps_of = tuple(app.model_copy(update=update) for app in journal.run.apps)
    notes = {"apps": apps_of, "notes": ("n" * 1_000,)}
    return journal.model_copy(update={"run": journal.run.model_copy(update=notes)})


@pytest.mark.parametrize(
    ("apps", "characters", "lines", "entries"),
    [(15, 500, 10, 50), (40, 150, 3, 20), (120, 40, 0, 5), (270, 1, 0, 0)],
)
def test_the_more_there_is_the_less_is_kept_of_each_text(
    apps: int, characters: int, lines: int, entries: int
) -> None:
    run = fitted(swollen(apps)).run
    app = run.apps[-1]
    (step,) = app.steps
    texts = (step.detail, step.hint, *step.log_tail, *run.notes)
    assert {len(text) for text in texts} == {characters}
    assert (len(step.log_tail), len(app.dns)) == (lines, entries)


def test_a_journal_may_have_half_a_million_bytes_and_none_more() -> None:
    journal = full(apps=1, steps=0, past=10)
    missing = 500_000 - len(written(journal))

    def padded(more: int) -> HubJournal:
        run = journal.run.model_copy(update={"digest": journal.run.digest + "x" * more})
        return journal.model_copy(update={"run": run})

    assert len(written(fitted(padded(missing)))) == 500_000
    assert len(fitted(padded(missing + 1)).history) == 5


def test_each_text_and_list_has_its_limit_and_a_cut_is_seen() -> None:
    entry = DnsEntry(type="A", name="a", value="b")
    look = kept_assessment(Assessment(Verdict.KEEP, "x" * 9_999, dns=(entry,) * 999))

    assert (len(look.detail), look.detail[-1]) == (2_000, "…")
    assert len(look.dns or ()) == 200


def test_nothing_of_an_assessment_is_without_a_limit_or_cannot_be_written() -> None:
    long = "\ud800" + "x" * 99_999
    entry = DnsEntry(
        **dict.fromkeys(("type", "name", "zone", "value", "note"), long),
        also=(long,) * 99,
        answers=(long,) * 99,
    )
    resource = Resource(kind=long, name=long)
    look = kept_assessment(
        Assessment(Verdict.KEEP, long, long, url=long, resources=(resource,) * 999, dns=(entry,))
    )

    (kept,) = look.dns or ()
    assert [len(look.hint), len(look.url or ""), len(look.resources)] == [
        1_000,
        300,
        100,
    ]
    names = (kept.type, kept.name, kept.zone, look.resources[0].kind, look.resources[0].name)
    assert {len(name) for name in names} == {300}
    values = (kept.value, kept.note, *kept.also, *kept.answers)
    assert {len(value) for value in values} == {1_000}
    assert (len(kept.also), len(kept.answers)) == (10, 10)
    "".join((look.detail, look.hint, look.url or "", *names, *values)).encode()


def test_what_a_run_keeps_of_an_assessment_is_bounded() -> None:
    resource = Resource(kind="thing", name="x" * 9_999)
    look = Assessment(Verdict.KEEP, "It is there.", resources=(resource,))

    run = World().run({"docs": [Thing("fork", seen_as=lambda _: look)]})

    assert [len(item.name) for item in run.apps[0].resources] == [300]


def test_a_secret_is_hidden_before_a_text_is_cut_in_the_middle_of_it() -> None:
    secret = "correct-horse"
    text = "x" * (1_994) + secret
    world = World(redact=lambda it: it.replace(secret, "***"))

    run = world.run({"docs": [Thing("fork", script=[FatalError(text, text)])]})
    look = kept_assessment(Assessment(Verdict.KEEP, text), world.redact)

    for shown in (run.apps[0].steps[0].detail, look.detail):
        assert "corr" not in shown


def test_of_a_log_the_last_lines_are_kept() -> None:
    lines = tuple(f"line {number}" for number in range(500))

    run = World().run({"docs": [Thing("fork", script=[FatalError("no", log_tail=lines)])]})

    assert run.apps[0].steps[0].log_tail == lines[-60:]


def test_a_line_of_a_log_is_bounded() -> None:
    refused = FatalError("no", log_tail=("x" * 9_999,))

    run = World().run({"docs": [Thing("fork", script=[refused])]})

    assert [len(line) for line in run.apps[0].steps[0].log_tail] == [500]


@pytest.mark.parametrize(
    ("most", "more", "words"),
    [
        ("x" * 4_000, "x" * 4_001, "too long a text"),
        ([1] * 500, [1] * 501, "too long a list"),
        (dict.fromkeys(map(str, range(500))), dict.fromkeys(map(str, range(501))), "too long"),
        (2**53, 2**53 + 1, "too large a number"),
        (-(2**53), -(2**53) - 1, "too large a number"),
        ("é" * 9, "é\udfff", "half a character"),
    ],
    ids=["a text", "a list", "an object", "a number", "a negative one", "a character"],
)
def test_a_document_may_be_so_large_and_no_larger(most: object, more: object, words: str) -> None:
    assert excess([most]) == ""
    assert excess([1, more]).startswith(words)


def test_what_is_written_is_never_too_much_to_be_read() -> None:
    assert excess({"a": ["x" * MOST_DETAIL, 2**53, None, True, 1.5]}) == ""
    assert tidy("\ud800", 9) == "?"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (json.loads("[" * 12 + "]" * 12), ""),
        (json.loads("[" * 13 + "]" * 13), "too deep a nesting"),
        (json.loads('{"a":' * 13 + "1" + "}" * 13), "too deep a nesting"),
        ({"a": ["\ud800"]}, "half a character"),
        ({"\ud800": 1}, "half a character"),
        ({"x" * 9_999: 1}, "too long a text"),
    ],
    ids=["twelve deep", "thirteen deep", "objects", "half a letter", "in a key", "a long key"],
)
def test_what_is_too_much_in_a_journal_is_told_in_words(document: object, words: str) -> None:
    assert excess(document) == words


def test_the_same_journal_is_written_for_the_same_run() -> None:
    one, two = World(rng=random.Random(4)), World(rng=random.Random(4))
    for world in (one, two):
        world.run({"docs": [Thing("fork")]})

    assert one.written == two.written
