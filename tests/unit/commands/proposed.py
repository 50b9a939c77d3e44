"""A pull request whose comments are written into memory."""

from dataclasses import dataclass, field

from provisioner.commands.commenting import FOR_OBSERVING, Comments
from provisioner.commands.reviewing import Reviewer
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.proposal import Proposal
from provisioner.desired.read.load import absent
from provisioner.models.finding import Finding
from provisioner.report.marker import find_marker
from tests.unit.actions.hosted import Hosted, readers
from tests.unit.commands.github import GitHub, pull
from tests.unit.commands.hubs import World

MISTAKE = Finding(code="odd", message="this is odd")
TOKENS = dict.fromkeys(FOR_OBSERVING, "a-token-of-nobody")
BROKEN = "name: [\n"


@dataclass
class Proposed:
    """A pull request of hubs by the state of their files, and what else it is said to hold.

    `files` are in order; `judged` come with findings of their own.
    """

    files: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    examples: tuple[JudgedFile, ...] = ()
    general: tuple[Finding, ...] = ()
    judged: tuple[JudgedFile, ...] = ()
    elsewhere: tuple[str, ...] = ()
    first: bool = False
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        environ = {"GITHUB_REPOSITORY": "example-network/hubs", **self.tokens}
        self.world = World(*self.files, environ=environ)
        self.world.files |= {f"{hub}.yaml": BROKEN for hub in self.broken}
        self.world.wiring.readers = readers(Hosted())
        self.github = GitHub().beside(self.world.wiring)

    def write(self) -> None:
        wiring, read = self.world.wiring, self.world.wiring.journal.read
        reviewer = Reviewer(wiring.network, wiring.retrier, self.elsewhere)
        Comments(wiring, pull(), self._proposal(), reviewer, read, self.first).write()

    def _proposal(self) -> Proposal:
        after = self.world.desired
        gone = tuple(JudgedFile(absent(f"hubs/{hub}.yaml")) for hub in self.removed)
        return Proposal(
            (*after.files, *gone, *self.judged), self.examples, self.general, after, after
        )

    @property
    def about(self) -> list[str | None]:
        """What each comment is about."""
        return [find_marker(comment.body) for comment in self.github.said.get(12, [])]

    @property
    def listed(self) -> int:
        return self.github.asked.count("comments 12")


def example(*findings: Finding) -> JudgedFile:
    return JudgedFile(absent("hubs/_example.yaml"), findings)
