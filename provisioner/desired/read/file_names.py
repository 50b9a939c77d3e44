"""What the name of a file in the hubs directory says: which hub, and whether it may be so. Pure."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from provisioner.desired.finding import finding_of
from provisioner.desired.wording.advice import Advice, fits, slug
from provisioner.desired.wording.names import hub_id
from provisioner.desired.wording.words import shown
from provisioner.models.finding import Finding
from provisioner.models.hub import HUB_ID_PATTERN

FOLDER = "hubs/"
ENDING = ".yaml"
_MEANT_AS_YAML = re.compile(r"\.ya?ml\b", re.IGNORECASE)


def is_example(name: str) -> bool:
    """Files that start with `_` are checked and never provisioned."""
    return name.startswith("_")


def stem_of(name: str) -> str:
    """The name without its ending: of a well-named file, the hub."""
    return PurePosixPath(name).stem


def claimed_hub(name: str) -> str:
    """The hub that a file most likely stands for, however badly it is named.

    Of a file with a wrong name, so that a renamed file never looks like a removed hub.
    """
    return name.lower().lstrip(".").partition(".")[0]


def is_candidate(name: str) -> bool:
    """Whether an entry of the hubs directory could be meant as a hub file: all but hidden files
    and Markdown, and these too if they are called YAML."""
    if name.startswith("."):
        return name.lower().endswith((ENDING, ".yml"))
    return not name.endswith(".md") or holds_yaml(name)


def holds_yaml(name: str) -> bool:
    """Whether its content is worth a look."""
    return _MEANT_AS_YAML.search(name) is not None


def name_finding(name: str, others: Iterable[str]) -> Finding | None:
    """What is wrong with a file's name, among the names of the files beside it."""
    wrong = _wrong_ending(name) or _wrong_stem(name)
    if wrong is None:
        return None
    twin = next((other for other in others if other != name and _is_twin(name, other)), None)
    return finding_of(wrong if twin is None else _second_file(name, twin))


def _second_file(name: str, twin: str) -> Advice:
    return Advice(
        "second-file-of-a-hub",
        f"{shown(name)} stands for the same hub as {shown(twin)}",
        f"keep what you need in {shown(twin)} and delete this file",
    )


def _is_twin(name: str, other: str) -> bool:
    return claimed_hub(name) == claimed_hub(other) and _is_well_named(other)


def _is_well_named(name: str) -> bool:
    return _wrong_ending(name) is None and _wrong_stem(name) is None


def _wrong_ending(name: str) -> Advice | None:
    if name.endswith(ENDING):
        return None
    better = slug(claimed_hub(name), HUB_ID_PATTERN)
    if holds_yaml(name) and better:
        hint = f"rename it to `{better}{ENDING}`"
    elif better:
        hint = f"if it is one, rename it to `{better}{ENDING}`; else move it out of this directory"
    else:
        hint = "hub files are named `<hub>.yaml`; move anything else out of this directory"
    return Advice(
        "wrong-file-name",
        f"{shown(name)} is not the name of a hub file, which ends in `{ENDING}`",
        hint,
    )


def _wrong_stem(name: str) -> Advice | None:
    stem = stem_of(name).removeprefix("_")
    if fits(HUB_ID_PATTERN, stem):
        return None
    return hub_id(stem)
