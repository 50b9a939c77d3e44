"""What the model is tried with is there to be tried: each fix can still be taken out."""

from pathlib import Path

import pytest

from tests.model.unfixed import UNFIXED, Unfixed, tree_without


@pytest.mark.parametrize("fix", UNFIXED, ids=lambda fix: fix.name)
def test_each_fix_of_a_known_break_can_be_taken_out(fix: Unfixed) -> None:
    with tree_without(fix) as root:
        for name, _, _ in fix.changes:
            compile((root / name).read_text(), name, "exec")


def test_a_fix_that_the_code_no_longer_has_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("x = 1\n")
    with pytest.raises(LookupError, match="'y = 1' 0 times"):
        Unfixed("a break", (("module.py", "y = 1", "pass"),), frozenset()).in_tree(tmp_path)
