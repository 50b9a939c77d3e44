"""What `doctor` found, counted; what could not be checked is neither good nor bad."""

from provisioner.models.diagnosis import Check, CheckState, Diagnosis, Verdict, not_ok, ok, unknown


def check(area: str, state: CheckState) -> Check:
    return Check(area=area, name="x", state=state, detail="y")


def test_nothing_is_wrong_while_nothing_is_known_to_be() -> None:
    good = (check("tokens", CheckState.OK), check("tokens", CheckState.UNKNOWN))
    assert Diagnosis(checks=good).ok
    assert not Diagnosis(checks=(*good, check("tokens", CheckState.NOT_OK))).ok
    assert Diagnosis(checks=good).count(CheckState.UNKNOWN) == 1


def test_areas_are_named_once_in_the_order_of_their_first_checks() -> None:
    areas = ("tokens", "accounts", "tokens", "catalog")
    checks = tuple(check(area, CheckState.OK) for area in areas)
    assert list(Diagnosis(checks=checks).areas) == ["tokens", "accounts", "catalog"]


def test_a_verdict_says_what_it_is_called() -> None:
    assert ok("good") == Verdict(state=CheckState.OK, detail="good")
    assert not_ok("bad", "fix") == Verdict(state=CheckState.NOT_OK, detail="bad", hint="fix")
    assert unknown("odd") == Verdict(state=CheckState.UNKNOWN, detail="odd")
    assert unknown("odd", "look").hint == "look"
