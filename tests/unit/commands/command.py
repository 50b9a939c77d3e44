"""Runs a command as the console script does, within this process."""

from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from provisioner.cli import main


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def run(*arguments: str, stdin: bytes = b"", **environ: str) -> Outcome:
    """What the command printed, and the code that its process would leave with.

    The environment is ours with `environ` laid over it; stdin is a pipe.
    """
    with (
        CliRunner().isolation(input=stdin, env=environ) as (out, err, _),
        pytest.raises(SystemExit) as left,
    ):
        main(list(arguments))
    return Outcome(int(left.value.code or 0), out.getvalue().decode(), err.getvalue().decode())
