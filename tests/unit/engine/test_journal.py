"""Reading and writing a hub's entry: a bad file is its own hub's trouble and nobody else's."""

import random

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.journal import Entry, Journal
from provisioner.engine.journal_file import understood
from provisioner.engine.limits import MOST_BYTES, TooLarge
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.errors import Effect, ProvisionerError, RemoteError, UnusableFile
from tests.unit.engine.hostile import BROKEN, good, newer
from tests.unit.engine.test_limits import full
from tests.unit.engine.world import MemoryStore


class Unusable(MemoryStore):
    """Where a folder lies in the place of the file, or far too much."""

    reads = 0

    def read(self, path: str) -> tuple[bytes, str] | None:
        self.reads += 1
        raise UnusableFile("it is larger than GitHub gives out")


def journal_of(store: MemoryStore) -> Journal:
    clock = ManualClock()
    return Journal(store, Retrier(RetryPolicy(), clock, random.Random(1)))


def holding(content: bytes, name: str = "nairobi") -> MemoryStore:
    store = MemoryStore()
    store.commits.append((f"hubs/{name}.json", content))
    return store


@pytest.mark.parametrize("what", BROKEN)
def test_reading_a_broken_journal_never_raises_and_it_can_be_set_aside(what: str) -> None:
    journal = journal_of(holding(BROKEN[what]))

    entry = journal.read("nairobi")

    assert entry.journal is None
    assert entry.trouble
    assert entry.usable() is entry
    assert journal.set_aside(entry).trouble == ""


class Unforeseen(bytes):
    """Content that our own reading of it stumbles over, as a bug of ours would."""

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        raise LookupError("correct-horse-battery-staple")


def test_a_bug_in_reading_a_journal_is_the_trouble_of_its_hub_and_can_be_set_aside() -> None:
    journal = journal_of(holding(Unforeseen(good())))

    entry = journal.read("nairobi")

    assert (entry.journal, entry.content) == (None, good())
    assert "LookupError at " in entry.trouble
    assert "correct-horse" not in entry.trouble
    assert journal.set_aside(entry.usable()).trouble == ""


def test_a_newer_journal_is_neither_set_aside_nor_written_over() -> None:
    store = holding(newer())
    journal = journal_of(store)
    entry = journal.read("nairobi")

    with pytest.raises(ProvisionerError, match="newer provisioner"):
        journal.set_aside(entry)
    with pytest.raises(ProvisionerError, match="newer provisioner"):
        journal.write(entry, understood(good(), "nairobi"), "no")

    assert len(store.commits) == 1


def test_a_file_that_cannot_be_given_out_is_asked_for_once_and_left_alone() -> None:
    store = Unusable()

    entry = journal_of(store).read("nairobi")

    assert store.reads == 1
    assert "larger" in entry.trouble
    with pytest.raises(ProvisionerError) as raised:
        entry.usable()
    assert "state branch" in raised.value.hint


def test_files_that_are_no_hubs_are_no_journals() -> None:
    store = holding(b"{}")
    for name in ("UPPER", "_example", "a--b", "x y", "../../etc", "::add-mask::", "a" * 80):
        store.commits.append((f"hubs/{name}.json", b"{}"))

    assert journal_of(store).hubs() == ["nairobi"]


def test_a_journal_that_is_too_large_is_written_smaller_or_not_at_all() -> None:
    store = MemoryStore()
    journal = journal_of(store)

    entry = journal.write(Entry("nairobi"), full(apps=20, steps=9, past=50), "large")
    with pytest.raises(TooLarge):
        journal.write(entry, full(apps=60, steps=1, resources=100), "too large")

    ((_, content),) = store.commits
    assert len(content) <= MOST_BYTES
    assert entry.journal == understood(content, "nairobi")


class Forgetful(MemoryStore):
    """Writes, and its answer is lost."""

    def write(self, path: str, content: bytes, version: str | None, message: str) -> str | None:
        super().write(path, content, version, message)
        raise RemoteError("no answer", service="GitHub", effect=Effect.UNKNOWN)


def test_after_a_lost_answer_the_next_write_goes_on_from_what_was_written() -> None:
    store = Forgetful()
    journal = journal_of(store)
    document = understood(good(), "nairobi")

    first = journal.write(journal.read("nairobi"), document, "one")
    second = journal.write(first, document.followed_by(document.run, None), "another")

    assert [first.version, second.version] == ["0", "1"]
    assert len(store.commits) == 2
