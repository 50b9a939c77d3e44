"""The first line of every report: the state in words, and who must act now. Plain text.

The same sentence stands over the comment, the summary, the terminal tree: it is
made here alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.words import RUN_ICONS, counted, listed, moment, step_name

_TO_SET = frozenset({DnsState.MISSING, DnsState.WRONG})


@dataclass(frozen=True)
class Headline:
    """`state` says how it stands, `who` whom we ask for what; both are whole sentences."""

    icon: str
    state: str
    who: str

    def __str__(self) -> str:
        return f"{self.icon} {self.state} {self.who}"


def headline(run: Run) -> Headline:
    return Headline(RUN_ICONS[run.state], _state(run), _who(run))


def asked(run: Run) -> tuple[Actor, ...]:
    """Who has to act now, in the order in which the headline asks them; empty: nobody."""
    return tuple(actor for actor, _ in _asks(run))


def dns_of(run: Run) -> tuple[DnsEntry, ...]:
    """The entries of all apps that stay, each once."""
    entries = (entry for app in run.apps if not app.retiring for entry in app.dns)
    return tuple({(each.type, each.name, each.value): each for each in entries}.values())


def troubles(run: Run) -> Iterator[tuple[AppRecord, StepRecord]]:
    """The steps that people must read about: failed ones first, then those waiting for a person.

    Waiting for DNS entries is not among them: the table of entries says it better.
    """
    steps = [(app, step) for app in run.apps for step in app.steps]
    yield from ((app, step) for app, step in steps if step.state is StepState.FAILED)
    for app, step in steps:
        asked = step.state is StepState.WAITING and step.who is not Actor.NOBODY
        if asked and not _waits_for_dns(app, step):
            yield app, step


def responsible(step: StepRecord) -> Actor:
    """Who fixes a step; a failed one that names nobody and no time is the maintainer's."""
    if step.who is Actor.NOBODY and step.state is StepState.FAILED and step.wake_at is None:
        return Actor.MAINTAINER
    return step.who


def next_observation(run: Run) -> datetime | None:
    """When the provisioner looks again by itself."""
    wakes = [step.wake_at for app in run.apps for step in app.steps if step.wake_at]
    return run.wake_at or min(wakes, default=None)


def app_title(app: AppRecord) -> str:
    return app.title or app.id


def _waits_for_dns(app: AppRecord, step: StepRecord) -> bool:
    return step.action == "verify-dns" and any(entry.state in _OPEN for entry in app.dns)


_OPEN = _TO_SET | {DnsState.REMOVE, DnsState.UNKNOWN}


def _state(run: Run) -> str:
    if run.state is RunState.COMPLETED:
        return _finished(run)
    if run.state is RunState.FAILED:
        return _failed(run)
    going = "being taken offline" if run.retiring else "being set up"
    return {
        RunState.QUEUED: f"{run.title} is next in line.",
        RunState.RUNNING: f"{run.title} is {going}.",
        RunState.WAITING: f"{run.title} is waiting{_for_what(run)}.",
        RunState.CANCELLED: f"{run.title}: the run was stopped before it was finished.",
        RunState.SUPERSEDED: f"{run.title}: a later change has taken over.",
    }[run.state]


def _finished(run: Run) -> str:
    if run.retiring:
        return f"{run.title} is offline. Nothing was deleted."
    return f"{run.title} is live." if any(app.url for app in run.apps) else f"{run.title} is done."


def _failed(run: Run) -> str:
    failed = [(app, step) for app, step in troubles(run) if step.state is StepState.FAILED]
    return f"{run.title}: {_named(failed) or 'the run'} failed."


def _named(steps: list[tuple[AppRecord, StepRecord]]) -> str:
    names = [f"“{step_name(step.action)}” ({app_title(app)})" for app, step in steps]
    more = [f"{len(names) - 2} more"] if len(names) > 3 else []
    return listed(names[:2] + more if more else names)


def _for_what(run: Run) -> str:
    every = [
        (app, step) for app in run.apps for step in app.steps if step.state is StepState.WAITING
    ]
    waiting = [(app, step) for app, step in every if not _only_follows(app, step)] or every
    if waiting and all(_waits_for_dns(app, step) for app, step in waiting):
        return " for DNS entries"
    return f" at {_named(waiting)}" if waiting else ""


def _only_follows(app: AppRecord, step: StepRecord) -> bool:
    """What is given up waits for what takes its place, and for nothing else."""
    return app.retiring and step.wake_at is None and step.who is Actor.NOBODY


def _who(run: Run) -> str:
    if run.state is RunState.SUPERSEDED:
        return "Nobody has to do anything here."
    return " ".join(ask for _, ask in _asks(run)) or _nobody(run)


def _asks(run: Run) -> list[tuple[Actor, str]]:
    asks = [(Actor.FACILITATOR, _ask_facilitator(run)), (Actor.MAINTAINER, _ask_maintainer(run))]
    if run.state is RunState.FAILED:
        asks.reverse()
    return [(actor, ask) for actor, ask in asks if ask and run.state is not RunState.SUPERSEDED]


def _ask_facilitator(run: Run) -> str:
    asks = [_TO_DO] if _has_to_do(run, Actor.FACILITATOR) else []
    if run.state is not RunState.COMPLETED:
        asks += filter(None, [_dns_to_do(run)])
    return f"Hub facilitator, please {listed(asks)} below." if asks else ""


def _ask_maintainer(run: Run) -> str:
    if _has_to_do(run, Actor.MAINTAINER):
        return f"Network maintainer, please {_TO_DO} below."
    if run.state is RunState.CANCELLED:
        return "Network maintainer, please re-run the job: it goes on where it stopped."
    return ""


_TO_DO = "see “What to do”"


def _has_to_do(run: Run, actor: Actor) -> bool:
    return any(responsible(step) is actor for _, step in troubles(run))


def _dns_to_do(run: Run) -> str:
    entries = dns_of(run)
    to_set = sum(entry.state in _TO_SET for entry in entries)
    to_remove = sum(entry.state is DnsState.REMOVE for entry in entries)
    if to_set and to_remove:
        return f"set {counted(to_set, 'DNS entry', 'DNS entries')} and remove {to_remove}"
    if to_set or to_remove:
        verb, number = ("set", to_set) if to_set else ("remove", to_remove)
        return f"{verb} the DNS entry" if number == 1 else f"{verb} the {number} DNS entries"
    return ""


def _nobody(run: Run) -> str:
    wake = next_observation(run)
    if run.state in (RunState.WAITING, RunState.FAILED) and wake:
        return f"Nobody has to do anything: the next look is at about {moment(wake)}."
    unfinished = run.state in (RunState.QUEUED, RunState.RUNNING)
    return f"Nobody has to do anything{' yet' if unfinished else ''}."
