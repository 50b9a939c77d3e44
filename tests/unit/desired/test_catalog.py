"""The catalog: what comes with the package, and what a maintainer reads who broke their own."""

from pathlib import Path

import pytest

from provisioner.desired.catalog import OWN_CATALOG, load_catalog
from provisioner.desired.schema.schemas import KINDS, schema_of
from provisioner.errors import ConfigurationError
from provisioner.models.catalog import CopyMethod, DomainRule
from provisioner.sandbox.seed import EXAMPLE_CATALOG

REPOSITORY = Path(__file__).resolve().parents[3]
NETWORK = "name: Own\nowner: own\nteam: own\nmaintainers: [own-maintainer]\n"
APP = "title: Blog\nsource: own/blog\nworkflow: website\n"


def catalog_in(directory: Path, network: str = NETWORK, **apps: str) -> Path:
    (directory / "apps").mkdir(parents=True)
    (directory / "network.yaml").write_text(network)
    for app, text in apps.items():
        (directory / "apps" / f"{app}.yaml").write_text(text)
    return directory


def mistakes(directory: Path) -> str:
    with pytest.raises(ConfigurationError) as raised:
        load_catalog(directory)
    return raised.value.message


def test_the_two_apps_of_the_example() -> None:
    catalog = load_catalog(EXAMPLE_CATALOG)
    docs, bot = catalog.entries["docs-site"].app, catalog.entries["telegram-bot"].app
    assert (docs.workflow, bot.workflow) == ("website", "telegram-bot")
    assert docs.copy_method is CopyMethod.FORK
    assert docs.domains is DomainRule.OPTIONAL
    assert docs.build.framework
    assert bot.health == "/api/health"
    needed = {name for name, rule in bot.env.items() if rule.required}
    secret = {name for name, rule in bot.env.items() if rule.secret}
    assert needed == {"GRAPH_URI", "TELEGRAM_TOKEN"}
    assert secret == {"GRAPH_PASSWORD", "TELEGRAM_TOKEN"}


def test_a_network_may_keep_its_own(tmp_path: Path) -> None:
    catalog = load_catalog(catalog_in(tmp_path / "own", blog=APP))
    assert catalog.network.name == "Own"
    assert list(catalog.entries) == ["blog"]


def test_the_same_files_are_judged_once_and_a_change_is_seen_at_once(tmp_path: Path) -> None:
    directory = catalog_in(tmp_path / "own", blog=APP)
    first, again = load_catalog(directory), load_catalog(directory)

    (directory / "apps" / "blog.yaml").write_text(APP.replace("Blog", "News"))
    (directory / "apps" / "wiki.yaml").write_text(APP)
    changed = load_catalog(directory)

    assert again is first
    assert changed.entries["blog"].app.title == "News"
    assert set(changed.entries) == {"blog", "wiki"}


def test_every_mistake_is_told_with_file_line_and_fix(tmp_path: Path) -> None:
    broken = catalog_in(
        tmp_path / "own",
        NETWORK.replace("owner: own", "owner: '@own'") + "limits: {apps_per_hub: 400}\n",
        blog=APP.replace("title: Blog\n", "") + "copi: fork\n",
        wiki=APP + "copy: forks\nbuild:\nframework: hugo\n",
    )
    message = mistakes(broken)
    assert f"{broken}/network.yaml:2:8: `@own` is not a GitHub name (write `own`)" in message
    assert "network.yaml:5:24: `apps_per_hub` must be at most 20" in message
    assert "apps/blog.yaml:1:1: `title` is missing" in message
    assert "apps/blog.yaml:3:1: `copi` is not known here (did you mean `copy`?)" in message
    assert (
        "apps/wiki.yaml:4:7: `copy` must be `fork` or `template` (did you mean `fork`?)" in message
    )
    assert "apps/wiki.yaml:5:1: nothing stands below `build`" in message


def test_mistakes_of_yaml_are_told_likewise(tmp_path: Path) -> None:
    message = mistakes(catalog_in(tmp_path / "own", "", blog="title: [x\n"))
    assert "network.yaml:1:1: the file is empty" in message
    assert "apps/blog.yaml:1:8: the list that begins with `[`" in message


def test_an_app_with_a_name_that_no_hub_can_ask_for(tmp_path: Path) -> None:
    assert "apps/My_App.yaml: the file's name" in mistakes(catalog_in(tmp_path / "own", My_App=APP))


def test_no_app_has_a_variable_that_marks_what_is_the_provisioners(tmp_path: Path) -> None:
    env = "env:\n  PROVISIONER_APP:\n    description: Whose it is.\n"
    told = mistakes(catalog_in(tmp_path / "own", blog=APP + env))
    assert "apps/blog.yaml:5" in told
    assert "PROVISIONER_APP" in told
    assert "a variable name that apps may have (none with `PROVISIONER_`)" in told


def test_no_catalog_at_all(tmp_path: Path) -> None:
    assert "There is no catalog" in mistakes(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    lacking = mistakes(tmp_path / "empty")
    assert "there is no such file (a catalog is a directory with `network.yaml`" in lacking
    assert "hubs/" not in lacking


def test_a_private_key_is_not_taken_for_the_public_one(tmp_path: Path) -> None:
    network = NETWORK + f"sealing_key: private_v1_{'a' * 43}\n"
    message = mistakes(catalog_in(tmp_path / "own", network))
    assert "is not the public half of a sealing key" in message
    assert "a" * 43 not in message


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_schema_is_described_for_editors(kind: str) -> None:
    schema = schema_of(kind)
    assert schema["$schema"].endswith("2020-12/schema")
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part["description"]
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name


def test_the_catalog_names_schemas_that_are_there() -> None:
    for path in (*OWN_CATALOG.rglob("*.yaml"), *EXAMPLE_CATALOG.rglob("*.yaml")):
        first = path.read_text().splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().is_relative_to(REPOSITORY / "schemas")
        assert (path.parent / schema).is_file()
