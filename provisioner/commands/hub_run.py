"""One hub's run with all that hears of it: the comment on its pull request, the views."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provisioner.engine.bugs import Shielded, foreseen
from provisioner.engine.hub_runner import HubRunner
from provisioner.engine.journal import Entry
from provisioner.engine.recorder import Listener
from provisioner.engine.run_record import Origin
from provisioner.engine.tasks import HubTask
from provisioner.errors import ProvisionerError
from provisioner.github.origin import last_change
from provisioner.models.run import Run
from provisioner.redaction import Shown
from provisioner.report.comment import render_run
from provisioner.report.finding import Place
from provisioner.report.links import Links
from provisioner.report.publisher import CommentPublisher, HubComment
from provisioner.wiring import Wiring

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What one `apply` is asked to do."""

    hubs: tuple[str, ...]
    directory: Path
    app: str | None = None
    pull_request: int | None = None
    listeners: Sequence[Listener] = ()


def run_hub(
    wiring: Wiring, order: Order, entry: Entry, task: HubTask
) -> tuple[Run, ProvisionerError | None]:
    """The run, and what went wrong beside it: it outlives its comment and its views."""
    publisher = CommentPublisher(
        wiring.network,
        wiring.retrier,
        wiring.lists,
        lambda run: comment_of(wiring, run),
        entry.journal.run if entry.journal else None,
    )
    listeners: tuple[Listener, ...] = (publisher, *order.listeners)
    heard = [Shielded(listener) for listener in listeners]
    runner = HubRunner(
        wiring.engine,
        entry,
        task,
        lambda: _origin(wiring, order, entry.hub),
        heard,
        lambda old, new: _tell_superseded(wiring, old, new),
        publisher.with_comment,
    )
    run = runner.run()
    if publisher.trouble is not None:
        return run, _unseen(publisher.trouble)
    return run, next((item.trouble for item in heard if item.trouble is not None), None)


def _unseen(trouble: ProvisionerError) -> ProvisionerError:
    return ProvisionerError(
        f"the comment could not be written: {trouble.message}",
        "The hub itself is as the journal says. Re-run the job: it writes the comment.",
    )


def _tell_superseded(wiring: Wiring, old: Run, new: Run) -> None:
    """The older pull request's comment says which later one took over. Never stops a run."""
    if old.pull_request is None or old.pull_request == new.pull_request:
        return
    place = Place(old.pull_request, old.hub, old.comment, expected=True)
    comment = HubComment(wiring.network, wiring.retrier, wiring.lists, place)

    def show() -> None:
        run, links = wiring.redactor.covered(old), Links(wiring.repository_url)
        text = render_run(run, links, superseded_by=new.pull_request)
        comment.show(wiring.redactor.markdown(text))

    try:
        foreseen(show)
    except ProvisionerError as error:
        log.warning("an older pull request's comment was not written: %s", error.message)


def _origin(wiring: Wiring, order: Order, hub: str) -> Origin:
    """The commit and pull request that brought the hub file to its present state."""
    path = f"hubs/{hub}.yaml"
    change = wiring.retrier.call(lambda: last_change(wiring.network, path, wiring.clock))
    return Origin(
        commit=change.commit if change else None,
        pull_request=order.pull_request or (change.pull_request if change else None),
        actions_run_url=wiring.actions_run_url,
    )


def comment_of(wiring: Wiring, run: Run) -> Shown:
    """The comment that shows a run."""
    page = render_run(wiring.redactor.covered(run), Links(wiring.repository_url))
    return wiring.redactor.markdown(page)
