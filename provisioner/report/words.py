"""The words and signs that people meet everywhere: steps, states, people, times. Only words."""

from datetime import UTC, datetime, timedelta

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor
from provisioner.models.run import RunState, StepRecord, StepState

STEPS = {
    "fork-repository": "Copy the repository",
    "create-project": "Create the hosting project",
    "set-environment": "Set the app's variables",
    "deploy": "Build and publish",
    "attach-domains": "Connect the domains",
    "verify-dns": "Check the DNS entries",
    "check-live": "Check that the app answers",
    "register-webhook": "Connect the bot to Telegram",
    "detach-domains": "Disconnect domains",
    "pause-project": "Take the app offline",
    "remove-variables": "Remove variables no longer asked for",
}

STEP_ICONS = {
    StepState.PENDING: "⚪",
    StepState.RUNNING: "🟡",
    StepState.WAITING: "🟠",
    StepState.DONE: "✅",
    StepState.FAILED: "❌",
    StepState.CANCELLED: "⛔",
    StepState.SKIPPED: "➖",
}
STEP_STATES = {
    StepState.PENDING: "not started",
    StepState.RUNNING: "working",
    StepState.WAITING: "waiting",
    StepState.DONE: "done",
    StepState.FAILED: "failed",
    StepState.CANCELLED: "stopped",
    StepState.SKIPPED: "not needed",
}
RUN_ICONS = {
    RunState.QUEUED: "⚪",
    RunState.RUNNING: "🟡",
    RunState.WAITING: "🟠",
    RunState.COMPLETED: "✅",
    RunState.FAILED: "❌",
    RunState.CANCELLED: "⛔",
    RunState.SUPERSEDED: "➖",
}
RUN_STATES = {
    RunState.QUEUED: "not started",
    RunState.RUNNING: "working",
    RunState.WAITING: "waiting",
    RunState.COMPLETED: "live",
    RunState.FAILED: "failed",
    RunState.CANCELLED: "stopped",
    RunState.SUPERSEDED: "replaced by a later change",
}
DNS_ICONS = {
    DnsState.OK: "✅",
    DnsState.MISSING: "🟠",
    DnsState.WRONG: "❌",
    DnsState.REMOVE: "❌",
    DnsState.UNKNOWN: "⚪",
}
DNS_STATES = {
    DnsState.OK: "this value",
    DnsState.MISSING: "nothing yet",
    DnsState.WRONG: "something else",
    DnsState.REMOVE: "must be removed",
    DnsState.UNKNOWN: "could not be asked",
}
PEOPLE = {
    Actor.NOBODY: "nobody",
    Actor.FACILITATOR: "hub facilitator",
    Actor.MAINTAINER: "network maintainer",
}


def step_name(action: str) -> str:
    """What the step does, in words a facilitator knows; an unknown action by its own name."""
    return STEPS.get(action, action)


def app_state(state: RunState, retiring: bool) -> str:
    if retiring and state is RunState.COMPLETED:
        return "offline"
    return RUN_STATES[state]


def step_outcome(step: StepRecord) -> str:
    """Such as `done in 4 s`, `failed (3 attempts)` or `waiting (attempt 2)`."""
    words = STEP_STATES[step.state]
    ended = step.state in _ENDED
    if ended and step.started_at and step.ended_at:
        words += f" in {duration(step.ended_at - step.started_at)}"
    if step.attempts > 1:
        words += f" ({step.attempts} attempts)" if ended else f" (attempt {step.attempts})"
    return words


_ENDED = frozenset({StepState.DONE, StepState.FAILED, StepState.CANCELLED})


def duration(length: timedelta) -> str:
    """To the second below an hour, to the minute above."""
    seconds = max(round(length.total_seconds()), 0)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return f"{seconds} s" if seconds else "under 1 s"


def moment(when: datetime) -> str:
    """Such as `14:05 UTC on 3 March`: it says the same whenever it is read."""
    when = when.astimezone(UTC)
    return f"{when:%H:%M} UTC on {when.day} {_MONTHS[when.month - 1]}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def dns_words(entry: DnsEntry) -> str:
    """One entry as plain text, such as `CNAME docs.example.org = x.example.net (nothing yet)`."""
    return f"{entry.type} {entry.name} = {entry.value} ({DNS_STATES[entry.state]})"


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def sentence(text: str) -> str:
    """A capital letter and a full stop, where there are none."""
    text = text.strip()
    ended = text.endswith((".", "?", "!", "…", ":")) or not text
    return f"{text[:1].upper()}{text[1:]}{'' if ended else '.'}"
