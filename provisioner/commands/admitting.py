"""Lets in the changes that passed our check; a hub whose change did not is held, and named.

Holds readers only: it cannot write.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from provisioner.commands.planning import SIDE_BY_SIDE, Candidate
from provisioner.engine.bugs import foreseen
from provisioner.errors import ProvisionerError
from provisioner.github.door import Applied
from provisioner.output import append_summary, complain
from provisioner.report.plan import held_markdown
from provisioner.wiring import Wiring

MOST_AT_THE_DOOR = 100
"""Each costs some six calls, of which all jobs of the repository have a thousand an hour."""
HINT = (
    "read the pull request; if the change is right, a network maintainer starts `provision` by "
    "hand with the hub's name; if not, revert it"
)


def let_in(wiring: Wiring, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Those whose change passed our check; each of the others is named, with the reason.

    A hub that a person names is not asked for here: that is how it is let in by hand.
    """
    changed = [item for item in chosen if item.changed]
    asked, later = changed[:MOST_AT_THE_DOOR], changed[MOST_AT_THE_DOOR:]
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        reasons = list(pool.map(partial(why_held, wiring), asked))
    held = {item.hub: reason for item, reason in zip(asked, reasons, strict=True) if reason}
    held |= {item.hub: "the next run asks whether it may be applied" for item in later}
    _say_held(wiring, held)
    return [item for item in chosen if item.hub not in held]


def why_held(wiring: Wiring, candidate: Candidate) -> str:
    """A question that cannot be answered is no yes."""
    journal = candidate.entry.journal
    applied = Applied(journal.run.blob, journal.run.commit) if journal else Applied()
    try:
        return foreseen(
            lambda: wiring.retrier.call(lambda: wiring.door.why_held(candidate.hub, applied))
        )
    except ProvisionerError as error:
        return f"where its change came from could not be seen: {error.message}"


def _say_held(wiring: Wiring, held: Mapping[str, str]) -> None:
    if not held:
        return
    redactor = wiring.redactor
    for hub, reason in sorted(held.items()):
        complain(redactor.line(f"warning: {hub} is held: {reason}"))
    complain(redactor.lines(f"  fix: {HINT}"))
    append_summary(redactor.markdown(held_markdown(redactor.covered(held), HINT)), wiring.environ)
