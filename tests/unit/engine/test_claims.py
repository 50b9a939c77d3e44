"""What is ours: as long as nobody gave it up."""

from tests.unit.engine.world import Thing, World


def test_what_was_claimed_once_stays_claimed_in_later_runs() -> None:
    world, fork = World(), Thing("fork")
    world.run({"docs": [fork]}, digest="d1")

    second = world.run({"docs": [Thing("domain")]}, digest="d2")

    assert {item.name for item in second.apps[0].resources} == {"fork", "domain"}
