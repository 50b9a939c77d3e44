"""How GitHub refuses to copy a repository, in words and by who can fix it. Pure."""

from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor
from provisioner.refusals import BY_ITSELF, HOUR, Refusal, Words, answers, says


def copy_refusals(app: DesiredApp) -> tuple[Refusal, ...]:
    """The narrower ones first (docs.github.com: rest/repos/forks, rest/repos/repos)."""
    source = app.entry.app.source
    return (
        Refusal(
            says("forking is disabled", 403),
            Words(
                f"GitHub does not allow forks of {source}.",
                f"Allow forking in the settings of {source}; if it is private, also in the member "
                f"privileges of its organisation and of {app.owner}. Then re-run the job.",
                Actor.MAINTAINER,
            ),
        ),
        Refusal(
            says("no git content", 403),
            Words(
                f"The app's source {source} is empty, so there is nothing to copy.",
                f"Put the app's code into {source}, then re-run the job.",
                Actor.MAINTAINER,
            ),
        ),
        Refusal(
            says("already exists", 422),
            Words(
                f"Somebody took the name {app.repository} a moment ago.",
                again=True,
            ),
        ),
        Refusal(
            answers(403),
            Words(
                f"GitHub does not let the provisioner make repositories in {app.owner}.",
                f"An owner of {app.owner} on GitHub lets the provisioner's account make "
                "repositories there: it must be a member, members must be allowed to make "
                f"repositories, and a request of its token may wait for approval. {BY_ITSELF}",
                Actor.FACILITATOR,
                wake_after=HOUR,
            ),
        ),
        Refusal(
            answers(404),
            Words(
                f"GitHub does not show {app.owner} or {source} to the provisioner.",
                f"An owner of {app.owner} on GitHub lets the provisioner's account in; the "
                f"network's maintainers know its name. {BY_ITSELF}",
                Actor.FACILITATOR,
                wake_after=HOUR,
            ),
        ),
    )
