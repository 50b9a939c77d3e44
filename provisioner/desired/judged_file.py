"""A judged hub file: the one type for it, from the check to the comment. Judges nothing."""

from dataclasses import dataclass

from provisioner.desired.read.file_names import claimed_hub, is_example, stem_of
from provisioner.desired.read.load import Document
from provisioner.models.finding import Finding


@dataclass(frozen=True)
class JudgedFile:
    """What was read of it and what was found in it, sorted by place.

    `lines` are the file's lines with every secret covered; they are foreign text all the same.
    There are none of a file that cannot be read or that a pull request removes.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def stem(self) -> str:
        """The file's name without its ending: of a well-named file, the hub."""
        return stem_of(self.name)

    @property
    def hub(self) -> str:
        """The hub that it stands for, however badly it is named."""
        return claimed_hub(self.name)

    @property
    def is_example(self) -> bool:
        return is_example(self.name)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_error)
