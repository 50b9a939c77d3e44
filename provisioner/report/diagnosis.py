"""A diagnosis of the set-up: as text, as values for JSON, and as the page of an Actions job.

Pure functions. Names and reasons hold foreign text; all of it goes through `safetext`.
"""

import re
from collections.abc import Iterator
from textwrap import wrap

from provisioner.models.diagnosis import Check, CheckState, Diagnosis
from provisioner.report.prose import prose
from provisioner.report.words import counted, listed
from provisioner.safetext import log_line, markdown

WORDS = {
    CheckState.OK: "ok",
    CheckState.NOT_OK: "not ok",
    CheckState.UNKNOWN: "could not check",
}
ICONS = {CheckState.OK: "✅", CheckState.NOT_OK: "❌", CheckState.UNKNOWN: "⚪"}
AREAS = {
    "network": "The network's files",
    "tokens": "Tokens",
    "repository": "The network's repository",
    "accounts": "Accounts",
    "catalog": "The catalog's apps",
}
_ADVICE = {CheckState.NOT_OK: "fix", CheckState.UNKNOWN: "look"}
LINE = 100
_CODE = re.compile(r"`[^`]+`")
_GLUE = "\u00a0"
_WIDTH = max(map(len, WORDS.values()))


def diagnosis_document(diagnosis: Diagnosis) -> dict[str, object]:
    """What `doctor --format json` prints: a contract that programs rely on."""
    return {
        "ok": diagnosis.ok,
        "checks": [check.model_dump(mode="json") for check in diagnosis.checks],
    }


def diagnosis_text(diagnosis: Diagnosis) -> str:
    """A block an area, a line a check and a line for what to do; the count comes last."""
    blocks = ["\n".join(_block(diagnosis, area)) for area in diagnosis.areas]
    return "\n\n".join([*blocks, outcome(diagnosis)]) + "\n"


def _block(diagnosis: Diagnosis, area: str) -> Iterator[str]:
    yield AREAS.get(area, area)
    for check in _of(diagnosis, area):
        yield _wrapped(WORDS[check.state], f"{check.name}: {_ended(check.detail)}")
        if _advised(check):
            yield _wrapped("", f"{_ADVICE[check.state]}: {_ended(check.hint)}")


def _wrapped(label: str, text: str) -> str:
    """What stands in backticks is to be copied or found, and stays on one line."""
    whole = _CODE.sub(lambda found: found[0].replace(" ", _GLUE), log_line(text))
    lines = wrap(whole, LINE - _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    shown = [log_line(line.replace(_GLUE, " ")) for line in lines]
    return "\n".join(
        f"  {'' if number else label:<{_WIDTH}}  {line}" for number, line in enumerate(shown)
    )


def _ended(text: str) -> str:
    """With a full stop, as errors have none; never with another first letter: it may be a name."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def outcome(diagnosis: Diagnosis) -> str:
    """Such as `18 checks: 15 ok, 1 not ok and 2 that could not be made.`"""
    wrong, unmade = (diagnosis.count(state) for state in (CheckState.NOT_OK, CheckState.UNKNOWN))
    parts = [f"{diagnosis.count(CheckState.OK)} ok"]
    parts += [f"{wrong} not ok"] if wrong else []
    parts += [f"{unmade} that could not be made"] if unmade else []
    return f"{counted(len(diagnosis.checks), 'check')}: {listed(parts)}."


def diagnosis_markdown(diagnosis: Diagnosis) -> str:
    """The page of an Actions job: first what is wrong, then every area as a table."""
    tables = [_table(diagnosis, area) for area in diagnosis.areas]
    return "\n\n".join([f"## {_headline(diagnosis)}", *tables]) + "\n"


def _headline(diagnosis: Diagnosis) -> str:
    if not diagnosis.ok:
        return f"❌ The set-up needs fixing: {outcome(diagnosis)}"
    unmade = diagnosis.count(CheckState.UNKNOWN)
    said = "Nothing is known to be wrong" if unmade else "The set-up is well"
    return f"✅ {said}: {outcome(diagnosis)}"


def _table(diagnosis: Diagnosis, area: str) -> str:
    head = [f"### {markdown(AREAS.get(area, area))}", "", "| | Check | Finding |", "|---|---|---|"]
    return "\n".join([*head, *(_row(check) for check in _of(diagnosis, area))])


def _row(check: Check) -> str:
    finding = prose(_ended(check.detail))
    if _advised(check):
        what = "To do" if check.state is CheckState.NOT_OK else "Look"
        finding += f" **{what}:** {prose(_ended(check.hint))}"
    return f"| {ICONS[check.state]} {WORDS[check.state]} | {markdown(check.name)} | {finding} |"


def _advised(check: Check) -> bool:
    return bool(check.hint) and check.state in _ADVICE


def _of(diagnosis: Diagnosis, area: str) -> tuple[Check, ...]:
    return tuple(check for check in diagnosis.checks if check.area == area)
