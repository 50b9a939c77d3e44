"""A mutation that cosmic-ray lacks: a statement is left out, as if its rule had been forgotten."""

from collections.abc import Iterator

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Name, PythonNode
from parso.tree import NodeOrLeaf

STATEMENTS = frozenset({"raise_stmt", "return_stmt", "atom_expr", "expr_stmt", "await_expr"})


class StatementRemover(Operator):
    """Calls, assignments to a place, raises and returns of a value become `pass`."""

    def mutation_positions(
        self, node: NodeOrLeaf
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        if _stands_alone(node) and node.type in STATEMENTS and not _names_something(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        prefix = node.get_first_leaf().prefix
        return PythonNode("pass_stmt", [Name("pass", node.start_pos, prefix)])

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("if late:\n    raise Late()\n", "if late:\n    pass\n"),
            Example("def f():\n    look()\n", "def f():\n    pass\n"),
        )


def _stands_alone(node: NodeOrLeaf) -> bool:
    """A statement within a function: the line's only one."""
    line = node.parent
    if line is None or line.type != "simple_stmt" or line.children[0] is not node:
        return False
    parent = line.parent
    while parent is not None and parent.type != "funcdef":
        parent = parent.parent
    return parent is not None and parent.name.value != "__init__"


def _names_something(node: NodeOrLeaf) -> bool:
    """`x = ...`: without it the function breaks at once, which shows nothing."""
    if node.type != "expr_stmt":
        return False
    return bool(node.children[0].type == "name")
