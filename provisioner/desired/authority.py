"""Who may change a hub's file: its maintainers as the default branch names them. Pure.

Never as the proposed file names them, or anyone could write themselves in.
"""

from collections.abc import Collection, Iterable

from provisioner.desired.words import listing
from provisioner.models.finding import Finding, Severity

CODE = "not-a-maintainer"


def authority_findings(
    author: str,
    present: Collection[str] | None,
    proposed: Collection[str] | None,
    network: Collection[str],
) -> list[Finding]:
    """What a pull request's author may not do. `present` is `None` for a new hub.

    `proposed` is `None` where the proposed file cannot be read yet. A present
    file whose maintainers cannot be read counts as an empty `present`: then only
    the network's maintainers may mend it.
    """
    if _holds(network, author):
        return []
    if present is None:
        return [] if proposed is None or _holds(proposed, author) else [_stranger(author)]
    return [] if _holds(present, author) else [_refused(author, present, network)]


def _holds(logins: Iterable[str], login: str) -> bool:
    """GitHub compares logins without regard to case."""
    return login.lower() in {item.lower() for item in logins}


def _stranger(author: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="author-not-listed",
        message=f"the author of this pull request, {author}, is not among the `maintainers`",
        hint=f"add `{author}` to the list, or later changes will have to come from somebody who is",
        pointer="/maintainers",
    )


def _refused(author: str, present: Collection[str], network: Collection[str]) -> Finding:
    may = listing(sorted(present) or sorted(network), "or")
    return Finding(
        code=CODE,
        message=f"the author of this pull request, {author}, may not change this hub's file",
        hint=f"ask {may} to open the pull request; they may add `{author}` to `maintainers`",
        pointer="/maintainers",
    )
