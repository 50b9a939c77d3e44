"""What a person is told of Vercel's refusals: what happened, and who fixes it where. Pure."""

from collections.abc import Callable, Mapping

from provisioner.hosting.problems import Concerned, HostProblem, Problem
from provisioner.models.plan import Actor
from provisioner.refusals import BY_ITSELF, HOUR, SOON, THEN_RERUN, Words

APP_PAGE = "https://github.com/apps/vercel"
LEAST_QUOTA_WAIT = 300.0
COPY_NOT_SEEN = 20.0
"""Vercel sees a new repository some seconds later than GitHub shows it."""


def words(error: HostProblem, about: Concerned) -> Words | None:
    """`None` for a problem of which nobody is told: the action itself goes on from there."""
    worded = _WORDS.get(error.problem)
    return worded(error, about) if worded else None


def _no_entry(_: HostProblem, about: Concerned) -> Words:
    """Vercel does not tell whether the token may not act in the team, or there is no such team."""
    return Words(
        f"Vercel does not let the provisioner into the team {about.team}, or there is no such "
        "team.",
        f"Check the name under `vercel: team:` in hubs/{about.hub}.yaml, and invite the "
        f"provisioner's Vercel user to the team. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _name_taken(_: HostProblem, about: Concerned) -> Words:
    return Words(f"Somebody made a project {about.project} a moment ago.", again=True)


def _repository_unseen(_: HostProblem, about: Concerned) -> Words:
    name = about.repository.partition("/")[2]
    return Words(
        f"Vercel cannot see the repository {about.repository}.",
        f"Open {APP_PAGE}, choose Configure and the GitHub account {about.owner}, and allow “All "
        f"repositories” (or add {name} to the chosen ones). {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=SOON,
    )


def _no_login(_: HostProblem, __: Concerned) -> Words:
    return Words(
        "The Vercel user behind the provisioner's token has no GitHub login.",
        "That user opens Vercel's account settings, Authentication, and connects GitHub; "
        "then re-run the job.",
        Actor.MAINTAINER,
    )


def _plan_too_small(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel team {about.team} is on the free plan, which cannot use the repositories "
        f"of a GitHub organisation ({about.owner}).",
        "Move the team to the Pro plan; or, if the network's maintainers agree, leave "
        f"`vercel:` out of hubs/{about.hub}.yaml to use the network's own team. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _used_up(message: str) -> Words:
    """Limits of the plan that only a person can make room in."""
    return Words(
        message,
        f"Remove a project that nobody uses any more, or choose a larger plan. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _links_used_up(_: HostProblem, about: Concerned) -> Words:
    return _used_up(
        f"{about.repository} is linked to as many Vercel projects as the plan of {about.team} "
        "allows."
    )


def _projects_used_up(_: HostProblem, about: Concerned) -> Words:
    return _used_up(f"The Vercel team {about.team} has as many projects as its plan allows.")


def _unpaid(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel wants a matter of payment settled in the team {about.team}.",
        f"Open the team's settings on Vercel, under Billing. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _in_transfer(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel project {about.project} is being handed over to another account.",
        f"Finish or cancel the transfer on Vercel. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _variables_refused(error: HostProblem, about: Concerned) -> Words:
    names = ", ".join(sorted(name for name in error.variables if name)) or "some variables"
    said = set(error.variables.values())
    if said == {"ENV_CONFLICT"}:
        return Words(
            f"In the Vercel project {about.project} somebody has set {names} for one environment "
            "or branch, so it could not be set for all.",
            "Open the project's settings on Vercel, Environment Variables, and remove the entry "
            f"of the same name that does not say “Set from hubs/{about.hub}.yaml”. {THEN_RERUN}",
            Actor.FACILITATOR,
        )
    if any("LIMIT" in code.upper() for code in said):
        return Words(
            f"The variables of the app are too large for Vercel together ({names} did not fit).",
            f"Shorten their values in hubs/{about.hub}.yaml: 64 KB is the most for all of them.",
            Actor.FACILITATOR,
        )
    return Words(
        f"Vercel did not take {names} (its code: {', '.join(sorted(said))}).",
        f"Check name and value in hubs/{about.hub}.yaml, and that the plan of the Vercel team "
        f"{about.team} allows the variable. {THEN_RERUN}",
        Actor.MAINTAINER,
    )


def _commit_unseen(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel cannot see the newest commit of {about.repository} yet.",
        f"If it stays so, open {APP_PAGE} and let Vercel's app see that repository; then "
        "re-run the job.",
        wake_after=COPY_NOT_SEEN,
        again=True,
    )


def _builds_used_up(error: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel team {about.team} has used up its builds for now.",
        "Nothing is needed: the provisioner tries again by itself. If it happens often, a larger "
        "plan has more builds.",
        wake_after=max(error.retry_after or HOUR, LEAST_QUOTA_WAIT),
    )


def _no_way_to_build(_: HostProblem, __: Concerned) -> Words:
    return Words(
        "Vercel finds no way to build the app.",
        "Check the build settings in the catalog, then re-run the job.",
        Actor.MAINTAINER,
    )


def _builds_unpaid(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel team {about.team} may not build: its account is blocked or lacks a payment.",
        f"Look at the team's settings on Vercel, under Billing. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _not_promoted(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel does not promote the newest build of the project {about.project}.",
        "On Vercel, in the project under Deployments, promote it by hand, or push to "
        f"{about.repository} to have it built again. {THEN_RERUN}",
        Actor.FACILITATOR,
    )


def _no_good_build(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel connects {about.domain} only after a good build, and the newest one is not good.",
        f"If a build is running, nothing is needed. If the newest build of {about.repository} "
        f"failed, fix its code, or choose “Redeploy” on Vercel. {BY_ITSELF}",
        Actor.MAINTAINER,
        wake_after=SOON,
    )


def _no_domain_name(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel does not take {about.domain} for a domain name.",
        f"Correct the name in hubs/{about.hub}.yaml.",
        Actor.FACILITATOR,
    )


def _domains_used_up(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel project {about.project} has as many domains as its plan allows.",
        "Remove one that is no longer used, or choose a larger plan; then ask a network "
        "maintainer to re-run the job.",
        Actor.FACILITATOR,
    )


def _domain_not_allowed(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"The Vercel team {about.team} may not use {about.domain}.",
        "Another account has registered it. Ask its holder to release it, or choose another "
        f"domain in hubs/{about.hub}.yaml. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


def _domain_led_to(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Other domains of the Vercel project {about.project} lead on to {about.domain}, so it "
        "cannot be taken off.",
        "Somebody set that by hand: on Vercel, in the project's settings under Domains, let "
        "them lead elsewhere or remove them; then ask a network maintainer to re-run the job.",
        Actor.FACILITATOR,
    )


def _domain_in_transfer(_: HostProblem, about: Concerned) -> Words:
    return Words(
        f"Vercel does not let go of {about.domain} while the project {about.project} is changing "
        "hands.",
        f"Finish or cancel the transfer on Vercel. {BY_ITSELF}",
        Actor.FACILITATOR,
        wake_after=HOUR,
    )


_WORDS: Mapping[Problem, Callable[[HostProblem, Concerned], Words]] = {
    Problem.NO_ENTRY: _no_entry,
    Problem.NAME_TAKEN: _name_taken,
    Problem.REPOSITORY_UNSEEN: _repository_unseen,
    Problem.NO_LOGIN: _no_login,
    Problem.PLAN_TOO_SMALL: _plan_too_small,
    Problem.LINKS_USED_UP: _links_used_up,
    Problem.PROJECTS_USED_UP: _projects_used_up,
    Problem.UNPAID: _unpaid,
    Problem.IN_TRANSFER: _in_transfer,
    Problem.VARIABLES_REFUSED: _variables_refused,
    Problem.COMMIT_UNSEEN: _commit_unseen,
    Problem.BUILDS_USED_UP: _builds_used_up,
    Problem.NO_WAY_TO_BUILD: _no_way_to_build,
    Problem.BUILDS_UNPAID: _builds_unpaid,
    Problem.NOT_PROMOTED: _not_promoted,
    Problem.NO_GOOD_BUILD: _no_good_build,
    Problem.NO_DOMAIN_NAME: _no_domain_name,
    Problem.DOMAINS_USED_UP: _domains_used_up,
    Problem.DOMAIN_NOT_ALLOWED: _domain_not_allowed,
    Problem.DOMAIN_LED_TO: _domain_led_to,
    Problem.DOMAIN_IN_TRANSFER: _domain_in_transfer,
}
