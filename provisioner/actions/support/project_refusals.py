"""How Vercel refuses a project, in words and by who can fix it. Pure."""

from dataclasses import replace

from provisioner.actions.support.refusals import (
    BY_ITSELF,
    THEN_RERUN,
    Refusal,
    When,
    answers,
    body_says,
    codes,
    says,
)
from provisioner.errors import RemoteError
from provisioner.hosting.base import MARK
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor

SOON = 600.0
HOUR = 3600.0
APP_PAGE = "https://github.com/apps/vercel"


def creation_refusals(app: DesiredApp) -> tuple[Refusal, ...]:
    """Why no project was made on the copy."""
    return (
        *_unlinkable(app),
        Refusal(
            answers(409),
            f"Somebody made a project {app.project} a moment ago.",
            again=True,
        ),
        *_account(app),
    )


def is_of_mark(error: RemoteError) -> bool:
    """Whether a project was refused for the variable that was to come with it.

    Which teams' policies refuse one that everybody may read, and how, is not on record: a refusal
    that names a variable, in its text, code or body, is taken for one.
    """
    if error.status not in (400, 403) or error.retry_after is not None:
        return False
    body = error.body if isinstance(error.body, dict) else {}
    said = (error.said or error.message).lower()
    named = MARK in (body.get("key"), body.get("envVarKey"))
    return named or error.code.upper().startswith("ENV_") or "environment variable" in said


def connection_refusals(app: DesiredApp, state: str = "") -> tuple[Refusal, ...]:
    """Why the project was not connected to the copy; `state` says how it stands now."""
    known = (*_unlinkable(app), in_transfer(app), *_account(app))
    return tuple(replace(one, message=f"{one.message}{state}") for one in known)


def _unlinkable(app: DesiredApp) -> tuple[Refusal, ...]:
    """Vercel's `action` is told before its `code`, as its own command line does."""
    return (
        _unseen(body_says("action", "Install GitHub App"), app),
        _unseen(codes("repo_not_found"), app),
        Refusal(
            body_says("action", "Add a Login Connection"),
            "The Vercel user behind the provisioner's token has no GitHub login.",
            "That user opens Vercel's account settings, Authentication, and connects GitHub; "
            "then re-run the job.",
            Actor.MAINTAINER,
        ),
        *_used_up(app),
        Refusal(
            says("hobby", 400, 402, 403),
            f"The Vercel team {app.team} is on the free plan, which cannot use the repositories "
            f"of a GitHub organisation ({app.owner}).",
            f"Move the team to the Pro plan; or, if the network's maintainers agree, leave "
            f"`vercel:` out of hubs/{app.hub}.yaml to use the network's own team. {BY_ITSELF}",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
    )


def _account(app: DesiredApp) -> tuple[Refusal, ...]:
    return (
        Refusal(
            answers(402),
            f"Vercel wants a matter of payment settled in the team {app.team}.",
            f"Open the team's settings on Vercel, under Billing. {BY_ITSELF}",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
        no_entry(app),
    )


def no_entry(app: DesiredApp) -> Refusal:
    """The token may not act in the team, or there is no such team: Vercel tells neither apart."""
    return Refusal(
        answers(403, 404),
        f"Vercel does not let the provisioner into the team {app.team}, or there is no such team.",
        f"Check the name under `vercel: team:` in hubs/{app.hub}.yaml, and invite the "
        f"provisioner's Vercel user to the team. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def in_transfer(app: DesiredApp) -> Refusal:
    """Nothing of a project can be changed while it is handed over."""
    return Refusal(
        answers(409),
        f"The Vercel project {app.project} is being handed over to another account.",
        f"Finish or cancel the transfer on Vercel. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _unseen(when: When, app: DesiredApp) -> Refusal:
    return Refusal(
        when,
        f"Vercel cannot see the repository {app.repository}.",
        f"Open {APP_PAGE}, choose Configure and the GitHub account {app.owner}, and allow “All "
        f"repositories” (or add {app.name} to the chosen ones). {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=SOON,
    )


def _used_up(app: DesiredApp) -> tuple[Refusal, ...]:
    """Limits of the plan that only a person can make room in."""
    room = f"Remove a project that nobody uses any more, or choose a larger plan. {BY_ITSELF}"
    return (
        Refusal(
            codes("repo_links_exceeded_limit"),
            f"{app.repository} is linked to as many Vercel projects as the plan of {app.team} "
            "allows.",
            room,
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
        Refusal(
            codes("too_many_projects"),
            f"The Vercel team {app.team} has as many projects as its plan allows.",
            room,
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
    )
