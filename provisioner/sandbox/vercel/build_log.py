"""The build log of a deployment: which lines there are by now, and the answer that lists them.

Does not stream: `follow=1` gives what there is, as a finished build would.
"""

import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from provisioner.sandbox.vercel.builds import progress
from provisioner.sandbox.vercel.calls import Answer, Call, Route
from provisioner.sandbox.vercel.errors import not_found
from provisioner.sandbox.vercel.records import Deployment
from provisioner.sandbox.vercel.store import Store

USUAL_LIMIT = 100


@dataclass(frozen=True)
class Line:
    """One event. `created` in milliseconds."""

    created: int
    type: str
    text: str
    level: str = ""


def lines(deployment: Deployment, now: datetime) -> list[Line]:
    """Every line up to now, the oldest first, spread over the time of the build."""
    made = progress(deployment, now)
    if made.building_at is None:
        return []
    texts = _begin(deployment) + _own(deployment)
    pace = timedelta(seconds=deployment.build_seconds) / (len(texts) + 1)
    found = [
        Line(_ms(made.building_at + pace * position, position), "stdout", text)
        for position, text in enumerate(texts)
        if made.building_at + pace * position <= (made.ended_at or now)
    ]
    if made.ended_at is not None:
        found += _end(deployment, made.state, made.ended_at, len(texts))
    return found


def _begin(deployment: Deployment) -> list[str]:
    git = deployment.git
    where = f"github.com/{git.org}/{git.repo}"
    return [
        "Running build in Washington, D.C., USA (East) – iad1",
        f"Cloning {where} (Branch: {git.ref}, Commit: {git.sha[:7]})",
        'Running "vercel build"',
        "Installing dependencies...",
    ]


def _own(deployment: Deployment) -> list[str]:
    """What the build itself printed; variables in it are filled in, as a shell would."""
    return [
        string.Template(text).safe_substitute(deployment.environment)
        for text in deployment.outcome.log
    ]


def _end(deployment: Deployment, state: str, ended_at: datetime, position: int) -> list[Line]:
    at = _ms(ended_at, position)
    if state == "READY":
        return [
            Line(
                at, "stdout", f"Build Completed in /vercel/output [{deployment.build_seconds:g}s]"
            ),
            Line(at + 1, "stdout", "Deploying outputs..."),
            Line(at + 2, "deployment-state", "READY"),
        ]
    if state == "ERROR":
        return [Line(at, "stderr", f"Error: {deployment.outcome.error_message}", "error")]
    return [Line(at, "deployment-state", state)]


def list_events(store: Store, call: Call) -> Answer:
    """Build lines with `builds=1`; `direction=backward` gives the newest first, `limit=-1` all."""
    deployment = store.deployment(call.account, call.path["deployment"])
    if deployment is None:
        raise not_found("The deployment couldn't be found.")
    found = lines(deployment, store.world.clock.now()) if call.args.get("builds") == "1" else []
    if call.args.get("direction") == "backward":
        found.reverse()
    limit = call.number("limit") or USUAL_LIMIT
    page = found if limit < 0 else found[:limit]
    return 200, [_event(store, deployment, line) for line in page]


def _event(store: Store, deployment: Deployment, line: Line) -> dict[str, Any]:
    info = {"type": "build", "name": f"bld_{deployment.id[4:]}", "entrypoint": "."}
    event: dict[str, Any] = {
        "deploymentId": deployment.id,
        "id": f"{line.created}{len(line.text):06d}",
        "date": line.created,
        "serial": str(line.created),
        "info": info,
        "text": line.text,
    }
    if store.behaviour.events_in_payload:
        return {"type": line.type, "created": line.created, "payload": event}
    level = {"level": line.level} if line.level else {}
    return {"type": line.type, "created": line.created, **event, **level}


def _ms(moment: datetime, position: int) -> int:
    """Milliseconds; lines of the same moment keep their order."""
    return int(moment.timestamp() * 1000) + position


ROUTES = (Route("GET", "/v3/deployments/<deployment>/events", list_events),)
