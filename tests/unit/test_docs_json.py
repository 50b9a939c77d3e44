"""The JSON documents in docs/reference.md have the fields that the program writes."""

import json
import re

import pytest

from provisioner.models.diagnosis import Check, CheckState, Diagnosis
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import AppPlan, HubPlan, PlannedStep, Resource, Verdict
from provisioner.models.run import RunState, StepState
from provisioner.receipts.compared import Difference
from provisioner.receipts.reading import canonical
from provisioner.report.diagnosis import diagnosis_document
from provisioner.report.findings import as_json
from provisioner.report.plan import plan_document
from provisioner.report.receipt import Unchecked, Verified, verified_document
from provisioner.report.status import status_document
from tests.unit.desired.given import checked
from tests.unit.pages import REFERENCE, code
from tests.unit.receipts.receipts import RECEIPT
from tests.unit.report.runs import waiting_run

STEP = PlannedStep(
    action="deploy", verdict=Verdict.CREATE, resources=(Resource(kind="project", name="n"),)
)
ENTRY = DnsEntry(type="CNAME", name="docs.example.org", value="x.example.net")
APP = AppPlan(id="docs", app="docs-site", title="Site", dns=(ENTRY,), steps=(STEP,))
PLAN = HubPlan(hub="nairobi", title="Nairobi", digest="d", apps=(APP,))
PLANNED = {**plan_document([PLAN]), "unchecked": [{"hub": "kisumu", "reason": "no answer"}]}
VERIFIED = Verified(
    "nairobi", (Difference("docs", "commit", "a", "b"),), (Unchecked("bot", "no answer"),)
)
CHECKED = Diagnosis(checks=(Check(area="tokens", name="T", state=CheckState.OK, detail="d"),))
DOCUMENTS: dict[str, object] = {
    "`check --format json`": as_json([checked("name: 1\n")]),
    "`plan --format json`": PLANNED,
    "`status --format json`": status_document([waiting_run()]),
    "`doctor --format json`": diagnosis_document(CHECKED),
    "Receipt": json.loads(canonical(RECEIPT)),
    "`verify-receipt --format json`": verified_document(VERIFIED),
}


def keys(model: object) -> list[str]:
    """Every key of a JSON document in its order, each as often as it stands there."""
    if isinstance(model, dict):
        return [key for name, value in model.items() for key in (name, *keys(value))]
    return keys(next(filter(None, model), None)) if isinstance(model, list) else []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_shown_with_its_fields(name: str) -> None:
    item = REFERENCE.text.split(f"- **{name}", 1)[1].split("\n- **", 1)[0]
    assert re.findall(r'"(\w+)"', item) == keys(DOCUMENTS[name])


def test_every_state_and_verdict_is_listed() -> None:
    told = REFERENCE.text[REFERENCE.text.index("States of hubs and apps:") :].split(".", 1)[0]
    hubs, steps = told.split("of steps:")
    assert code(hubs) == list(RunState)
    assert code(steps) == list(StepState)
    verdicts = REFERENCE.text[REFERENCE.text.index("Verdicts:") :].split(".", 1)[0]
    assert code(verdicts) == list(Verdict)
