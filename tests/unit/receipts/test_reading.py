"""A receipt may come from anywhere: what is not one is told so, in our own words, and at once."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.errors import ExitCode
from provisioner.models.hub import MAX_APPS
from provisioner.models.receipt import MOST_DOMAINS, Receipt
from provisioner.receipts.reading import (
    MOST_BYTES,
    NotAReceipt,
    canonical,
    read_receipt,
    receipt_of,
)
from tests.unit.receipts.receipts import APP, RECEIPT

GOOD = canonical(RECEIPT)


def refused(content: bytes) -> str:
    """Why it is no receipt."""
    with pytest.raises(NotAReceipt) as error:
        receipt_of(content)
    assert error.value.exit_code is ExitCode.USAGE
    return error.value.message


def changed(change: Any, *path: Any) -> bytes:
    """The good receipt with one value replaced, written as the provisioner writes."""
    document = json.loads(GOOD)
    place = document
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = change
    return (json.dumps(document, indent=2) + "\n").encode()


def test_what_was_written_is_read_again() -> None:
    assert receipt_of(GOOD.encode()) == RECEIPT


def test_the_largest_receipt_that_can_be_written_can_be_read() -> None:
    longest = ".".join(["a" * 63] * 3 + ["b" * 57, "cc"])
    assert len(longest) == 252
    names = tuple(f"{number:02d}{longest[2:]}" for number in range(MOST_DOMAINS))
    apps = tuple(
        APP.model_copy(
            update={
                "id": f"app-{number}",
                "domains": names,
                "url": "https://" + "a" * 490,
                "repository": APP.repository.model_copy(
                    update={"name": f"nairobi--app-{number}", "branch": "🌍" * 255}
                ),
                "project": APP.project.model_copy(update={"name": f"nairobi--app-{number}"}),
            }
        )
        for number in range(MAX_APPS)
    )
    largest = RECEIPT.model_copy(update={"apps": apps})
    assert receipt_of(canonical(largest).encode()) == largest


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\x00\xff\xfe", "not JSON"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b'{"a":' * 80_000, "not JSON"),
        (b'{"version": "\\ud800"}', "not JSON"),
        (b"null", "at the top"),
        (b"[]", "at the top"),
        (b"9" * 100_000, "not JSON"),
        (b" " * (MOST_BYTES + 1), "larger than 512 KiB"),
        (changed(2, "version"), "at version"),
        (changed("kisumu", "hub"), "not this hub's"),
        (changed("x", "apps", 0, "::error::x"), "a field too many at apps.0"),
        (changed([], "apps"), "at apps"),
        (changed([json.loads(GOOD)["apps"][0]] * 2, "apps"), "an app is listed twice"),
        (changed("failed", "run", "state"), "at run.state"),
        (changed("main\n", "apps", 0, "repository", "branch"), "apps.0.repository.branch"),
        (changed("nairobi--docs/../x", "apps", 0, "project", "name"), "not this hub's"),
        (changed("../../user", "apps", 0, "repository", "owner"), "apps.0.repository.owner"),
        (changed("a?teamId=b", "apps", 0, "project", "team"), "apps.0.project.team"),
        (changed("x/../../y", "apps", 0, "project", "id"), "apps.0.project.id"),
        (changed("x/../../y", "apps", 0, "deployment", "id"), "apps.0.deployment.id"),
        (changed("2026-03-03T14:02:00", "run", "ended_at"), "run.ended_at"),
        (changed("javascript:alert(1)", "apps", 0, "url"), "apps.0.url"),
        (changed(10**400, "run", "pull_request"), "run.pull_request"),
    ],
)
def test_what_is_no_receipt_is_refused_with_the_place(content: bytes, why: str) -> None:
    assert why in refused(content)


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace('"hub": "nairobi"', '"hub": "kisumu",\n  "hub": "nairobi"'),
        GOOD.replace("nairobi", "\\u006eairobi"),
        GOOD.replace('"version": 1', '"version": 1.0'),
        GOOD.replace('"pull_request": 12', '"pull_request": "12"'),
        GOOD.replace("2026-03-03T14:02:00Z", "1772546520"),
        GOOD.strip(),
        GOOD + "\n",
        GOOD.replace("\n", "\r\n"),
        json.dumps(json.loads(GOOD)),
        json.dumps(dict(reversed(json.loads(GOOD).items())), indent=2) + "\n",
    ],
)
def test_a_second_way_to_write_the_same_is_refused(content: str) -> None:
    assert content != GOOD
    refused(content.encode())


def test_foreign_text_is_not_repeated() -> None:
    told = refused(changed("x", "apps", 0, "::error::\x1b[31mpwned"))
    assert "pwned" not in told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
PLACES = [
    ("version",),
    ("network",),
    ("hub",),
    ("run",),
    ("run", "id"),
    ("run", "started_at"),
    ("run", "pull_request"),
    ("run", "actions_run"),
    ("apps",),
    ("apps", 0),
    ("apps", 0, "url"),
    ("apps", 0, "repository", "branch"),
    ("apps", 0, "deployment", "created_at"),
    ("apps", 0, "domains"),
    ("versions", "journal"),
]


def outcome(content: bytes) -> Receipt | str:
    """The receipt, or why it is none; whatever else is raised fails the test."""
    try:
        return receipt_of(content)
    except NotAReceipt as error:
        return error.message


@given(st.binary())
def test_any_bytes_are_refused(content: bytes) -> None:
    refused(content)


@given(JSON)
def test_any_json_is_refused(document: Any) -> None:
    refused(json.dumps(document).encode())


@given(st.sampled_from(PLACES), JSON)
def test_any_value_in_any_place_is_refused_or_read_as_it_stands(
    path: tuple[Any, ...], value: Any
) -> None:
    content = changed(value, *path)
    found = outcome(content)
    if isinstance(found, Receipt):
        assert canonical(found).encode() == content
    else:
        assert len(found) < 300


@given(st.integers(min_value=0, max_value=len(GOOD.encode()) - 1), st.binary(max_size=3))
def test_any_change_of_the_bytes_is_refused_or_another_receipt(place: int, new: bytes) -> None:
    content = GOOD.encode()[:place] + new + GOOD.encode()[place + 1 :]
    assert (outcome(content) == RECEIPT) == (content == GOOD.encode())


# The file itself.


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(GOOD)
    assert read_receipt(path) == RECEIPT


def pipe(path: Path) -> None:
    os.mkfifo(path)


def pipe_that_somebody_holds(path: Path) -> None:
    """Nothing comes out of it, and it does not end either."""
    os.mkfifo(path)
    os.open(path, os.O_RDWR | os.O_NONBLOCK)  # this process holds it as long as it lives


def link(path: Path) -> None:
    target = path.with_name("target.json")
    target.write_text(GOOD)
    path.symlink_to(target)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**33)


@pytest.mark.parametrize(
    "make", [Path.mkdir, pipe, pipe_that_somebody_holds, link, huge, lambda path: None]
)
def test_what_is_no_ordinary_file_of_that_size_is_refused(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "receipt.json"
    make(path)
    with pytest.raises(NotAReceipt) as refusal:
        read_receipt(path)
    assert refusal.value.message.startswith(f"{path}: this is not a receipt: it ")


def test_a_name_that_cannot_be_is_refused() -> None:
    with pytest.raises(NotAReceipt):
        read_receipt(Path("a\x00b"))
