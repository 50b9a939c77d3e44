"""Under ever tighter limits the least useful part goes first, and the reader is told what went."""

from dataclasses import asdict

import pytest

from provisioner.report.detail import EVERYTHING, Detail, fitted

LADDER: tuple[tuple[str, dict[str, object]], ...] = (
    ("", {}),
    ("most of the build log", {"log_characters": 1000}),
    ("the build log", {"log_characters": 0}),
    ("the steps of finished apps", {"finished_steps": False}),
    ("the details of steps", {"step_details": False}),
    ("all steps", {"steps": False}),
    ("the ends of long messages", {"message_characters": 200}),
    ("the DNS entries as text", {"dns_text": False}),
    ("some of the messages", {"message_characters": 60, "troubles": 5}),
    ("some of the apps", {"apps": 10}),
    ("some of the DNS entries", {"dns_entries": 200}),
    ("some of the DNS entries", {"dns_entries": 100}),
    ("some of the DNS entries", {"dns_entries": 50}),
    ("some of the DNS entries", {"dns_entries": 25}),
    ("some of the DNS entries", {"dns_entries": 12}),
    ("some of the DNS entries", {"dns_entries": 6}),
)
TOLD = (
    "",
    "most of the build log",
    "the build log",
    "the build log, the steps of finished apps",
    "the build log, the steps of finished apps, the details of steps",
    "the build log, all steps",
    "the build log, all steps, the ends of long messages",
    "the build log, all steps, the ends of long messages, the DNS entries as text",
    "the build log, all steps, the DNS entries as text, some of the messages",
)


def after(cuts: int) -> dict[str, object]:
    """The settings after so many cuts."""
    settings: dict[str, object] = asdict(Detail())
    for _, change in LADDER[: cuts + 1]:
        settings.update(change)
    return {name: value for name, value in settings.items() if name != "left_out"}


def cuts_of(detail: Detail) -> int:
    given = {name: value for name, value in asdict(detail).items() if name != "left_out"}
    return [after(cuts) for cuts in range(len(LADDER))].index(given)


def shown_after(cuts: int) -> Detail:
    """What is shown where so many cuts have to be made; each one makes the text shorter by one."""
    seen: list[Detail] = []

    def render(detail: Detail) -> str:
        seen.append(detail)
        return "x" * (len(LADDER) - 1 - cuts_of(detail))

    fitted(render, len(LADDER) - 1 - cuts)
    return seen[-1]


def test_without_need_nothing_goes() -> None:
    assert shown_after(0) == Detail()
    assert Detail() == Detail(
        log_characters=6000,
        finished_steps=True,
        step_details=True,
        steps=True,
        message_characters=1000,
        troubles=EVERYTHING,
        apps=EVERYTHING,
        dns_text=True,
        dns_entries=EVERYTHING,
        left_out=(),
    )
    assert EVERYTHING == 1_000_000


@pytest.mark.parametrize("step", range(1, len(LADDER)))
def test_the_least_useful_part_that_is_left_goes_next(step: int) -> None:
    detail = shown_after(step)
    assert cuts_of(detail) == step
    assert LADDER[step][0] in detail.left_out


@pytest.mark.parametrize("step", range(len(TOLD)))
def test_what_went_is_told_once_by_its_widest_name(step: int) -> None:
    assert ", ".join(shown_after(step).left_out) == TOLD[step]


def test_what_went_in_several_steps_is_named_once() -> None:
    assert shown_after(len(LADDER) - 1).left_out[-2:] == (
        "some of the apps",
        "some of the DNS entries",
    )


def test_a_cut_that_changes_nothing_is_not_named() -> None:
    seen: list[Detail] = []

    def render(detail: Detail) -> str:
        seen.append(detail)
        return "log" * (detail.log_characters > 0) + "dns" * detail.dns_text

    assert fitted(render, 0) == ""
    told = next(each.left_out for each in reversed(seen) if not each.dns_text and each.left_out)
    assert told == ("the build log", "the DNS entries as text")


def test_the_shortest_is_taken_where_none_fits() -> None:
    assert fitted(lambda detail: "x" * detail.dns_entries, 3) == "x" * 6


def test_the_size_is_counted_as_asked() -> None:
    def render(detail: Detail) -> str:
        return "é" * (6 if detail.log_characters else 4)

    assert fitted(render, 8) == "é" * 6
    assert fitted(render, 8, lambda text: len(text.encode())) == "é" * 4


def test_a_text_of_just_the_limit_is_left_whole() -> None:
    assert fitted(lambda detail: "x" * 6 if detail.log_characters > 1000 else "x", 6) == "x" * 6
