"""What breaks on one file stays with that file: an exception becomes a finding.

Only for the unforeseen. Every cause that is known is fixed where it is; what
comes here is a bug of ours, and the finding says where, but never the
exception's own words: they may hold a secret of the file.
"""

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from provisioner.desired.finding import finding_of
from provisioner.desired.wording.advice import Advice
from provisioner.models.finding import Finding

_PACKAGE = Path(__file__).resolve().parents[1]
Value = TypeVar("Value")
Item = TypeVar("Item")


def guarded(work: Callable[[], Value], otherwise: Callable[[Finding], Value]) -> Value:
    """What `work` gives; what `otherwise` makes of the finding if it breaks."""
    try:
        return work()
    except Exception as error:
        return otherwise(broken_on(error))


def broken_on(error: Exception) -> Finding:
    """The finding of the file that a judge broke on."""
    return finding_of(
        Advice(
            "cannot-be-read",
            f"this file cannot be read: the check itself broke on it ({_where(error)})",
            "look for something unusual in the file, and ask a maintainer of the network to "
            "report this as a bug of the provisioner",
        )
    )


def _where(error: Exception) -> str:
    """Kind and place of an exception, the innermost in our own code; none of its words."""
    places = [
        f"{Path(frame.filename).resolve().relative_to(_PACKAGE)}, line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).resolve().is_relative_to(_PACKAGE)
    ]
    return ", ".join([type(error).__name__, *places[-1:]])


def without_breakers(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Value]
) -> tuple[Value, dict[int, Finding]]:
    """What `work` gives on all items but those that it breaks on; these by their number.

    An item that breaks it alone is to blame. Of items that only break it together, the one is
    that comes last: which of them is bad cannot be known.
    """
    blamed: dict[int, Finding] = {}
    while True:
        left = [number for number in range(len(items)) if number not in blamed]
        error = _error(work, [items[number] for number in left])
        if not isinstance(error, Exception):
            return error[0], blamed
        if not left:
            raise error
        alone = {n: e for n in left if isinstance(e := _error(work, [items[n]]), Exception)}
        found = alone or {left[_first_broken(work, [items[number] for number in left])]: error}
        blamed.update({number: broken_on(each) for number, each in found.items()})


def _error(
    work: Callable[[Sequence[Item]], Value], items: Sequence[Item]
) -> Exception | tuple[Value]:
    """The value, as the only one of a tuple, or what was raised."""
    try:
        return (work(items),)
    except Exception as error:
        return error


def _first_broken(work: Callable[[Sequence[Item]], Value], items: Sequence[Item]) -> int:
    """The last item of the shortest beginning that breaks it, by halving."""
    sound, broken = 0, len(items)
    while broken - sound > 1:
        middle = (sound + broken) // 2
        if isinstance(_error(work, items[:middle]), Exception):
            broken = middle
        else:
            sound = middle
    return broken - 1
