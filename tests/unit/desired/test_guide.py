"""The facilitators' guide says what is true of the catalog and of the models."""

import re
from pathlib import Path

from provisioner.desired.catalog import load_catalog
from provisioner.desired.schema.schemas import schema_of
from tests.unit.desired.given import findings, only

HUBS = Path(__file__).resolve().parents[3] / "hubs"
GUIDE = (HUBS / "README.md").read_text()
EXAMPLE = (HUBS / "_example.yaml").read_text()


def rows(text: str) -> list[list[str]]:
    """The cells of every table row of a text."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_setting_of_every_app_is_in_the_guide_as_the_catalog_has_it() -> None:
    told, app = [], ""
    for name, setting, needed, meaning in (row for row in rows(GUIDE) if len(row) == 4):
        app = name.strip("`") or app
        told.append((app, setting.strip("`"), needed, meaning))
    wanted = [
        (entry.id, name, _needed(rule.required, rule.secret), rule.description)
        for entry in load_catalog().entries.values()
        for name, rule in entry.app.env.items()
    ]
    assert told[1:] == wanted


def _needed(required: bool, secret: bool) -> str:
    return ("yes" if required else "no") + (", secret" if secret else "")


def test_every_line_of_a_hub_file_is_in_the_guide() -> None:
    schema = schema_of("hub")
    names = [*schema["properties"], *schema["$defs"]["AppRequest"]["properties"]]
    told = [match[1] for row in rows(GUIDE) if (match := re.match(r"`([a-z]+)", row[0]))]
    assert [name for name in told if name in names] == names


def test_every_link_within_the_guide_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", h.lower()).replace(" ", "-") for h in headings}
    links = re.findall(r"\]\(#([^)]*)\)", GUIDE)
    assert links
    assert set(links) <= anchors


def test_the_example_is_well_and_its_secret_opens_for_nobody_else() -> None:
    assert findings(EXAMPLE, "_example.yaml") == ()
    beside = {"_example": EXAMPLE}
    assert only(EXAMPLE, "nairobi.yaml", **beside).code == "sealed-elsewhere"


def test_the_example_without_what_the_guide_says_to_leave_out() -> None:
    without = re.sub(r"\n  bot:.*", "\n", EXAMPLE, flags=re.DOTALL)
    assert findings(without, "nairobi.yaml", _example=EXAMPLE) == ()
