"""The models keep their own promises."""

from provisioner.models.dns import DnsEntry
from provisioner.models.run import AppRecord, RunState, StepRecord, StepState


def test_a_record_name_is_relative_to_its_zone() -> None:
    entry = DnsEntry(type="CNAME", name="docs.a.example.org", value="x.", zone="example.org")
    assert entry.relative_name == "docs.a"


def test_the_zone_itself_is_an_at_sign() -> None:
    assert DnsEntry(type="A", name="a.org", value="192.0.2.1", zone="a.org").relative_name == "@"


def test_an_app_is_completed_when_each_step_is_done_or_skipped() -> None:
    steps = (
        StepRecord(action="deploy", state=StepState.DONE),
        StepRecord(action="verify-dns", state=StepState.SKIPPED),
    )
    assert AppRecord(id="docs", app="docs-site", steps=steps).state is RunState.COMPLETED
