"""The facilitators' guide says what is true of the catalog and of the models."""

import re
from pathlib import Path

from provisioner.desired.catalog import load_catalog
from provisioner.desired.schema.schemas import schema_of
from tests.unit.desired.given import findings

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


def test_the_example_is_well_and_nothing_of_it_is_a_hubs_own() -> None:
    assert findings(EXAMPLE, "_example.yaml") == ()
    copied = findings(EXAMPLE, "nairobi.yaml", _example=EXAMPLE)
    assert [finding.code for finding in copied] == [*["leftover"] * 5, "sealed-elsewhere"]


def test_the_example_with_values_of_ones_own_as_the_guide_says() -> None:
    own = re.sub(r"\n  bot:.*", "\n", EXAMPLE, flags=re.DOTALL)
    for theirs, ours in (("your-login, their-login", "amina-k"), ("your-hub", "nairobi")):
        own = own.replace(theirs, ours)
    assert findings(own, "nairobi.yaml", _example=EXAMPLE) == ()
