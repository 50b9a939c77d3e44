"""How Vercel refuses variables, in words and by who can fix it. Pure; knows names, no values."""

from collections.abc import Mapping

from provisioner.actions.support.refusals import THEN_RERUN
from provisioner.errors import FatalError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor


def not_taken(app: DesiredApp, refused: Mapping[str, str]) -> FatalError:
    """`refused` gives Vercel's code for each variable; the others were set."""
    names = ", ".join(sorted(name for name in refused if name)) or "some variables"
    said = set(refused.values())
    if said == {"ENV_CONFLICT"}:
        return FatalError(
            f"In the Vercel project {app.project} somebody has set {names} for one environment "
            "or branch, so it could not be set for all.",
            "Open the project's settings on Vercel, Environment Variables, and remove the entry "
            f"of the same name that does not say “Set from hubs/{app.hub}.yaml”. {THEN_RERUN}",
            Actor.FACILITATOR,
        )
    if any("LIMIT" in code.upper() for code in said):
        return FatalError(
            f"The variables of the app are too large for Vercel together ({names} did not fit).",
            f"Shorten their values in hubs/{app.hub}.yaml: 64 KB is the most for all of them.",
            Actor.FACILITATOR,
        )
    return FatalError(
        f"Vercel did not take {names} (its code: {', '.join(sorted(said))}).",
        f"Check name and value in hubs/{app.hub}.yaml, and that the plan of the Vercel team "
        f"{app.team} allows the variable. {THEN_RERUN}",
        Actor.MAINTAINER,
    )
