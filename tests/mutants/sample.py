"""What can be mutated in a room, and a seeded sample of it. The operators are cosmic-ray's."""

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutants.left_out import StatementRemover

Position = tuple[int, int]

REPLACED = re.compile(
    r"core/Replace(ComparisonOperator_(Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|Lt_LtE|LtE_Lt|Gt_GtE"
    r"|GtE_Gt|Lt_GtE|LtE_Gt|Gt_LtE|GtE_Lt)|BinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul"
    r"|FloorDiv_Mul|Mod_Mul|Pow_Mul|BitOr_BitAnd|BitAnd_BitOr)|UnaryOperator_USub_UAdd"
    r"|UnaryOperator_Delete_Not|(True|False|And|Or|Break|Continue)With\w+)"
    r"|core/(AddNot|NumberReplacer|ExceptionReplacer|ZeroIterationForLoop)"
)
"""Changes that somebody could make by mistake; others cannot even run."""
NO_RULES = re.compile(r"log\.|@dataclass|.*\b(strict|usedforsecurity)=|return None$")
"""Lines of which nobody is promised anything: mypy refuses to assign to what is frozen, and
`return None` at a function's end is what it gives anyway."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file. `line` is where it stands, `before` and `after` the line's text."""

    path: str
    operator: str
    occurrence: int
    start: Position
    line: int
    before: str
    after: str

    @property
    def key(self) -> str:
        """The same as long as the line is."""
        return f"{self.path}: {self.before} -> {self.after}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.before}  ->  {self.after or '(left out)'}"


def mutated(source: str, operator: str, occurrence: int) -> str:
    """The file's text with the change. Raises `LookupError` where there is no such place."""
    found = mutate_code(source, operators()[operator], occurrence)
    if found is None:
        raise LookupError(f"{operator} has no place {occurrence}")
    return str(found)


def operators() -> dict[str, Operator]:
    known = {name: get_operator(name)() for name in operator_names() if _is_rule(name)}
    return {**known, "ours/StatementRemover": StatementRemover()}


def _is_rule(name: str) -> bool:
    return REPLACED.fullmatch(name) is not None


def sample_of(root: Path, room: str, size: int, seed: str) -> list[Mutant]:
    """So many mutants of a room, each at another place; the same for the same seed."""
    places = sorted(_places(root, room))
    random.Random(f"{seed} {room}").shuffle(places)
    sources: dict[str, str] = {}
    found: dict[str, Mutant] = {}
    taken: set[tuple[str, Position]] = set()
    for path, name, occurrence, start in places:
        if (path, start) in taken:
            continue
        taken.add((path, start))
        source = sources.setdefault(path, (root / path).read_text())
        made = _mutant(path, source, name, occurrence, start)
        if made is not None and not NO_RULES.match(made.before):
            found.setdefault(made.key, made)
        if len(found) == size:
            break
    return list(found.values())


def _places(root: Path, room: str) -> Iterator[tuple[str, str, int, Position]]:
    known = operators()
    for file in sorted((root / "provisioner" / room).rglob("*.py")):
        source = file.read_text()
        nodes = list(ast_nodes(get_ast(source)))
        types = _annotations(source)
        for name, operator in known.items():
            positions = (start for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, start in enumerate(positions):
                if not any(begin <= start < end for begin, end in types):
                    yield str(file.relative_to(root)), name, occurrence, start


def _annotations(source: str) -> list[tuple[Position, Position]]:
    """Where types stand: a change there breaks nothing, or the import."""
    tree = ast.walk(ast.parse(source))
    found = [getattr(node, field, None) for node in tree for field in ("annotation", "returns")]
    return [
        ((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0))
        for one in found
        if isinstance(one, ast.expr)
    ]


def _mutant(path: str, source: str, name: str, occurrence: int, start: Position) -> Mutant | None:
    """`None` where the change cannot be read as Python, or is none."""
    changed = mutated(source, name, occurrence)
    try:
        if ast.dump(ast.parse(changed)) == ast.dump(ast.parse(source)):
            return None
    except SyntaxError:
        return None
    before, after = source.splitlines(), changed.splitlines()
    line = next(
        i for i, pair in enumerate(zip(before, [*after, ""], strict=False)) if _differ(pair)
    )
    text = after[line].strip() if line < len(after) else ""
    return Mutant(path, name, occurrence, start, line + 1, before[line].strip(), text)


def _differ(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1]
