"""`provisioner keygen`: a pair that works, and words that say where each half goes."""

import json
import re

from provisioner.clock import SystemClock
from provisioner.secrets.sealing import open_sealed, public_of, seal
from tests.unit.commands.command import run


def test_json_gives_a_pair_that_seals_and_opens() -> None:
    outcome = run("keygen", "--format", "json")
    pair = json.loads(outcome.out)
    assert (outcome.code, set(pair)) == (0, {"public", "private"})
    assert public_of(pair["private"]) == pair["public"]
    sealed = seal(pair["public"], "nairobi", "bot", "X", "secret", SystemClock().now())
    assert (
        open_sealed(pair["private"], "nairobi", "bot", "X", sealed, now=SystemClock().now())
        == "secret"
    )


def test_every_pair_is_new() -> None:
    assert run("keygen", "--format", "json").out != run("keygen", "--format", "json").out


def test_text_says_which_half_goes_where() -> None:
    text = run("keygen").out
    public = re.search(r"sealing_key: (\S{43})\n", text)
    private = re.search(r"^ +(private_v1_\S{43})$", text, re.MULTILINE)
    assert public
    assert private
    assert public_of(private[1]) == public[1]
    assert text.index("network.yaml") < text.index(public[1])
    assert text.index("PROVISIONER_SEALING_KEY") < text.index(private[1])
