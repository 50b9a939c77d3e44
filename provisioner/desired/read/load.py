"""A file as plain data with the place of every key and value. Judges YAML, not meaning.

Whatever the bytes are, the outcome is a `Document`; what is wrong with them
stands in its findings. Nothing here raises.
"""

from dataclasses import dataclass, replace

from provisioner.desired.finding import finding_of
from provisioner.desired.read.compose import Composed, compose
from provisioner.desired.read.marks import Mark
from provisioner.desired.read.source import Source
from provisioner.desired.read.text import decode, lines_of
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import kind_of
from provisioner.models.finding import Finding


@dataclass(frozen=True)
class Document:
    """`data` is a mapping, or None where the file could not be understood at all.

    `keys` and `values` give places by JSON pointer. `unclear` holds pointers
    whose values say nothing, because a finding has already dealt with them.
    """

    path: str
    name: str
    lines: tuple[str, ...]
    data: dict[str, object] | None
    keys: dict[str, Mark]
    values: dict[str, Mark]
    unclear: frozenset[str]
    findings: tuple[Finding, ...]
    blob: str
    """The id that git gives to a file of this content."""

    def key_mark(self, pointer: str) -> Mark:
        """Where the key stands; for an entry of a list, the entry; for the file, its beginning."""
        return self.keys.get(pointer) or self.values.get(pointer) or START

    def value_mark(self, pointer: str) -> Mark:
        """Where the value stands; the key's place if there is none."""
        mark = self.values.get(pointer)
        return self.key_mark(pointer) if mark is None or mark.is_empty else mark

    def finding_at_key(self, pointer: str, advice: Advice) -> Finding:
        return finding_of(advice, self.key_mark(pointer), pointer)

    def finding_at_value(self, pointer: str, advice: Advice) -> Finding:
        return finding_of(advice, self.value_mark(pointer), pointer)


START = Mark(1, 1, 1, 1)


def unreadable(source: Source, finding: Finding) -> Document:
    """Nothing of the file but why."""
    return _document(replace(source, problem=finding), "", Composed(), (finding,))


def absent(path: str) -> Document:
    """A file that is not there, such as one that a pull request removes."""
    return _document(Source(path), "", Composed(), ())


def load(source: Source, example: str = "hubs/_example.yaml") -> Document:
    """The first YAML 1.2 document of a file. `example` is named in fixes. Never raises."""
    if source.problem is not None:
        return _document(source, "", Composed(), (source.problem,))
    text, findings = decode(source.data)
    shown = source.data.decode(errors="replace") if text is None else text
    if text is None:
        return _document(source, shown, Composed(), findings)
    composed = compose(text)
    shape = () if isinstance(composed.data, dict) else tuple(_wrong_shape(composed, example))
    return _document(source, shown, composed, (*findings, *composed.findings, *shape))


def _document(
    source: Source, text: str, composed: Composed, findings: tuple[Finding, ...]
) -> Document:
    data = composed.data
    return Document(
        path=source.path,
        name=source.name,
        lines=lines_of(text),
        data=data if isinstance(data, dict) else None,
        keys=composed.keys,
        values=composed.values,
        unclear=frozenset(composed.unclear),
        findings=findings,
        blob=source.blob,
    )


def _wrong_shape(composed: Composed, example: str) -> list[Finding]:
    if composed.data is None and not composed.complete:
        return []
    if composed.data is None:
        hint = f"copy the lines of `{example}` into it and change them"
        advice = Advice("empty-file", "the file is empty, or holds nothing but comments", hint)
        return [finding_of(advice)]
    advice = Advice(
        "not-a-mapping",
        f"the file must hold `key: value` lines, and it is {kind_of(composed.data)}",
        f"write a space after each colon, as in `{example}`",
    )
    return [finding_of(advice, composed.values.get("", START))]
