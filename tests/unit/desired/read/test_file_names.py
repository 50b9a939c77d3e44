"""The names of hub files: what they may be, and what a person reads otherwise."""

import pytest

from tests.unit.desired.given import GOOD, desired, findings, only


@pytest.mark.parametrize("name", ["nairobi.yaml", "a-1.yaml", "_example.yaml", "a" * 40 + ".yaml"])
def test_names_that_are_fine(name: str) -> None:
    assert findings(GOOD, name) == ()


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("nairobi.yml", "rename it to `nairobi.yaml`"),
        ("Nairobi.yaml", "rename the file to `nairobi.yaml`"),
        ("nairobi commons.yaml", "`nairobi-commons.yaml`"),
        ("nairobi_commons.yaml", "`nairobi-commons.yaml`"),
        ("nairobi--commons.yaml", "`nairobi-commons.yaml`"),
        ("Ñairobi.yaml", "`nairobi.yaml`"),
        ("nairobi.yaml.txt", "rename it to `nairobi.yaml`"),
        ("nairobi.YAML", "rename it to `nairobi.yaml`"),
        ("a.yaml", "`your-hub.yaml`"),
        ("2020.yaml", "`your-hub.yaml`"),
        ("a" * 41 + ".yaml", "`your-hub.yaml`"),
        ("_.yaml", "`your-hub.yaml`"),
        ("__nairobi.yaml", "`nairobi.yaml`"),
        (".nairobi.yaml", "`nairobi.yaml`"),
        ("nairobi.yaml.md", "`nairobi.yaml`"),
    ],
)
def test_a_wrong_name_comes_with_a_better_one(name: str, fix: str) -> None:
    finding = only(GOOD, name)
    assert finding.code == "wrong-file-name"
    assert fix in finding.hint


@pytest.mark.parametrize("name", ["notes.txt", "CODEOWNERS", "nairobi"])
def test_a_file_that_is_no_hub_is_told_and_not_read(name: str) -> None:
    assert only("{{{ no yaml", name).code == "wrong-file-name"


def test_the_content_of_a_badly_named_file_is_judged_too() -> None:
    codes = [finding.code for finding in findings(GOOD + "nam: x\n", "Nairobi.yml")]
    assert codes == ["wrong-file-name", "unknown-key"]


@pytest.mark.parametrize("name", ["Nairobi.yaml", "nairobi.yml", "NAIROBI.yaml.txt"])
def test_a_second_file_of_one_hub_is_told_and_harms_nobody(name: str) -> None:
    other = GOOD.replace("[docs.nairobi.example.org]", "[x.example.org]").replace("AAAA", "BBBB")
    state = desired({name: other, "nairobi.yaml": GOOD})
    assert "second-file-of-a-hub" in [finding.code for finding in state.files[0].findings]
    assert "`nairobi.yaml`" in state.files[0].findings[0].message
    assert list(state.hubs) == ["nairobi"]
    assert not state.broken


def test_a_hub_that_was_renamed_badly_is_broken_and_not_gone() -> None:
    for name in ("nairobi.yml", "Nairobi.yaml", "nairobi.yaml.bak", "nairobi"):
        state = desired({name: GOOD})
        assert not state.hubs
        assert list(state.broken) == ["nairobi"], name


@pytest.mark.parametrize("name", [".nairobi.yaml", "nairobi.yaml.md", "Nairobi.yml"])
def test_a_badly_named_file_keeps_its_hub_from_looking_removed(name: str) -> None:
    assert set(desired({name: GOOD}).broken) == {"nairobi"}
