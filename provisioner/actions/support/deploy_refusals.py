"""How Vercel refuses a deployment or its promotion, in words and by who can fix it. Pure."""

from provisioner.actions.support.project_refusals import in_transfer
from provisioner.actions.support.refusals import THEN_RERUN, Refusal, answers, codes, says
from provisioner.errors import NotYet, RemoteError, RetryableError
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor

APP_PAGE = "https://github.com/apps/vercel"
HOUR = 3600.0
SHORT_WAIT = 60.0
LEAST_QUOTA_WAIT = 300.0
COPY_NOT_SEEN = 20.0
"""Vercel sees a new repository some seconds later than GitHub shows it."""


def passing(app: DesiredApp, error: RemoteError) -> NotYet | RetryableError | None:
    """What time alone fixes, in words."""
    if error.code == "incorrect_git_source_info":
        return RetryableError(
            f"Vercel cannot see the newest commit of {app.repository} yet.",
            f"If it stays so, open {APP_PAGE} and let Vercel's app see that repository; then "
            "re-run the job.",
            COPY_NOT_SEEN,
        )
    quota = error.code == "builds_rate_limited" or error.code.startswith("api-deployments-")
    if not quota and not (error.status == 429 and (error.retry_after or 0.0) > SHORT_WAIT):
        return None
    return NotYet(
        f"The Vercel team {app.team} has used up its builds for now.",
        "Nothing is needed: the provisioner tries again by itself. If it happens often, a larger "
        "plan has more builds.",
        Actor.NOBODY,
        max(error.retry_after or HOUR, LEAST_QUOTA_WAIT),
    )


def deployment_refusals(app: DesiredApp) -> tuple[Refusal, ...]:
    return (
        Refusal(
            codes("missing_build_script"),
            "Vercel finds no way to build the app.",
            "Check the build settings in the catalog, then re-run the job.",
            Actor.MAINTAINER,
        ),
        Refusal(
            says("transfer", 409),
            f"The Vercel project {app.project} is being handed over to another account.",
            "Finish or cancel the transfer on Vercel. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
        Refusal(
            _unpaid,
            f"The Vercel team {app.team} may not build: its account is blocked or lacks a payment.",
            f"Look at the team's settings on Vercel, under Billing. {THEN_RERUN}",
            Actor.FACILITATOR,
        ),
    )


def _unpaid(error: RemoteError) -> bool:
    return error.status == 402 and not error.code.startswith("api-deployments-")


def promotion_refusals(app: DesiredApp) -> tuple[Refusal, ...]:
    return (
        in_transfer(app),
        Refusal(
            answers(400, 403, 404),
            f"Vercel does not promote the newest build of the project {app.project}.",
            "On Vercel, in the project under Deployments, promote it by hand, or push to "
            f"{app.repository} to have it built again. {THEN_RERUN}",
            Actor.FACILITATOR,
        ),
    )
