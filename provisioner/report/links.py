"""Addresses on GitHub's pages, as Markdown. Knows the shapes of addresses, nothing else."""

from dataclasses import dataclass
from urllib.parse import quote

from provisioner.safetext import markdown_link


@dataclass(frozen=True)
class Links:
    """`repository` is the page of the network's repository; without it there are only labels."""

    repository: str = ""

    def commit(self, sha: str) -> str:
        return markdown_link(sha[:7], self._page(f"commit/{sha}"), code=True)

    def pull_request(self, number: int) -> str:
        return markdown_link(f"pull request {number}", self._page(f"pull/{number}"))

    def line(self, path: str, commit: str, line: int) -> str:
        """The page of a file at a commit, at one of its lines."""
        return markdown_link(f"line {line}", self._page(f"blob/{commit}/{quote(path)}#L{line}"))

    def is_actions_run(self, address: str) -> bool:
        """Whether it is a run of this repository: a journal may name any other place."""
        return not self.repository or address.startswith(self._page("actions/runs/"))

    def _page(self, path: str) -> str:
        return f"{self.repository.rstrip('/')}/{path}" if self.repository else ""
