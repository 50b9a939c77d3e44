"""The comment of one hub's run in its pull request. A pure function of the run."""

from provisioner.models.run import Run
from provisioner.report.body import run_body
from provisioner.report.detail import Detail, fitted
from provisioner.report.headline import headline
from provisioner.report.links import Links
from provisioner.report.marker import marker
from provisioner.safetext import markdown

COMMENT_LIMIT = 60_000
"""GitHub refuses a comment of more than 65,536 characters (`body is too long`)."""
HEADLINE_LIMIT = 600


def render_run(
    run: Run,
    links: Links,
    *,
    superseded_by: int | None = None,
    limit: int = COMMENT_LIMIT,
) -> str:
    """The whole comment, at most `limit` characters, the least useful part left out first.

    `superseded_by` is the pull request whose run took over. The run's words must be redacted
    already. The same run gives the same text at any time, so that nothing is edited in vain.
    """

    def render(detail: Detail) -> str:
        paragraphs = [
            f"{marker(run.hub)}\n### {markdown(str(headline(run)), HEADLINE_LIMIT)}",
            *_successor(links, superseded_by),
            *run_body(run, links, detail),
        ]
        return "\n\n".join(paragraphs) + "\n"

    return fitted(render, limit)


def _successor(links: Links, number: int | None) -> list[str]:
    return [f"Follow it in {links.pull_request(number)}."] if number else []
