"""`provisioner check`: which files it judges, what it prints, how it leaves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.commands.command import run
from tests.unit.desired.given import GOOD, hub_with

REPOSITORY = Path(__file__).resolve().parents[3]
HEAVY = ("github", "httpx", "requests", "nacl", "flask", "rich", "dulwich", "dns", "markdown_it")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A network's repository with one good hub, and we stand in it."""
    (tmp_path / "hubs").mkdir()
    (tmp_path / "hubs" / "nairobi.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hub(network: Path, name: str, text: str) -> str:
    path = network / "hubs" / name
    path.write_text(text)
    return str(path.relative_to(network))


def test_all_is_well(network: Path) -> None:
    outcome = run("check")
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 file checked: all is well\n", "")


def test_a_mistake_is_shown_like_a_compilers_and_leaves_with_1(network: Path) -> None:
    hub(network, "kisumu.yaml", hub_with("domains: docs.example.org"))
    outcome = run("check")
    assert outcome.code == 1
    assert outcome.out == (
        "hubs/kisumu.yaml:6:14: error: `domains` must be a list of host names, and it is a text\n"
        "    6 |     domains: docs.example.org\n"
        "      |              ^\n"
        "  fix: write it as a list: `domains: [docs.example.org]`\n"
        "\n"
        "2 files checked: 1 error\n"
    )
    assert outcome.err == ""


def test_only_the_named_file_is_told_of_but_all_are_looked_at(network: Path) -> None:
    path = hub(network, "kisumu.yaml", hub_with("domains: [docs.nairobi.example.org]"))
    hub(network, "mombasa.yaml", "")
    outcome = run("check", path)
    assert outcome.code == 1
    assert "already asked for in `hubs/nairobi.yaml`, line 8" in outcome.out
    assert outcome.out.endswith("1 file checked: 1 error\n")


def test_a_file_that_is_named_twice_is_one_file(network: Path) -> None:
    absolute = str(network / "hubs" / "nairobi.yaml")
    outcome = run(
        "check", "hubs/nairobi.yaml", "hubs/nairobi.yaml", "hubs/../hubs/nairobi.yaml", absolute
    )
    assert (outcome.code, outcome.out) == (0, "1 file checked: all is well\n")


def test_a_named_file_stands_in_for_the_one_of_the_same_name(network: Path) -> None:
    elsewhere = network / "new" / "nairobi.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(GOOD)
    assert run("check", str(elsewhere)).code == 0


def test_named_files_need_no_directory_of_hubs(network: Path) -> None:
    (network / "hubs").rename(network / "others")
    assert run("check", "others/nairobi.yaml").code == 0
    assert run("check", "others/nairobi.yaml", "--hubs", "hubs").code == 2


def test_a_named_file_that_is_not_there_is_a_finding(network: Path) -> None:
    outcome = run("check", "hubs/kisumu.yaml")
    assert outcome.code == 1
    assert "hubs/kisumu.yaml:1:1: error: there is no such file" in outcome.out


def test_what_lies_in_the_place_of_a_hub_file_is_shown(network: Path) -> None:
    (network / "hubs" / "new.yaml").mkdir()
    (network / "hubs" / "new.yaml" / "readme").write_text("")
    (network / "hubs" / "link.yaml").symlink_to("nairobi.yaml")
    for name in ("__kisumu.yaml", ".lagos.yaml"):
        hub(network, name, hub_with())
    outcome = run("check")
    assert outcome.code == 1
    for told in (
        "hubs/new.yaml:1:1: error: this is a directory, not a file",
        "hubs/link.yaml:1:1: error: this is a symbolic link, not a file",
        "hubs/__kisumu.yaml:1:1: error: `_kisumu` cannot be the name of a hub",
        "hubs/.lagos.yaml:1:1: error: `.lagos` cannot be the name of a hub",
    ):
        assert told in outcome.out
    assert "hubs/nairobi.yaml" not in outcome.out


@pytest.mark.parametrize("value", [r'"\U00110000"', r'"\UFFFFFFFF"', "0x" + "f" * 3580])
def test_a_file_that_once_broke_everything_is_one_finding(network: Path, value: str) -> None:
    hub(network, "kisumu.yaml", hub_with(f"env: {{SITE_TITLE: {value}}}"))
    outcome = run("check")
    assert outcome.code == 1
    assert outcome.out.endswith("2 files checked: 1 error\n")
    assert "hubs/nairobi.yaml" not in outcome.out


def test_no_directory_of_hubs_is_wrong_use(network: Path) -> None:
    outcome = run("check", "--hubs", "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "There is no directory `nowhere` with hub files." in outcome.err
    assert "fix: " in outcome.err


def test_another_directory_of_hubs(network: Path) -> None:
    (network / "hubs").rename(network / "others")
    outcome = run("check", "--hubs", "others")
    assert (outcome.code, outcome.out) == (0, "1 file checked: all is well\n")


def test_a_warning_alone_leaves_with_0(network: Path) -> None:
    hub(network, "nairobi.yaml", "\ufeff" + GOOD)
    outcome = run("check")
    assert outcome.code == 0
    assert outcome.out.endswith("1 file checked: no errors, 1 warning\n")


def test_json_has_the_shape_of_the_contract(network: Path) -> None:
    hub(network, "kisumu.yaml", hub_with("domain: [docs.example.org]"))
    hub(network, "_example.yaml", "\ufeff" + hub_with().replace("amina-k", "your-login"))
    outcome = run("check", "--format", "json")
    assert outcome.code == 1
    assert json.loads(outcome.out) == {
        "ok": False,
        "files": [
            {
                "path": "hubs/_example.yaml",
                "hub": "_example",
                "findings": [
                    {
                        "severity": "warning",
                        "code": "byte-order-mark",
                        "message": "the file begins with an invisible byte order mark; "
                        "it does no harm",
                        "hint": "save the file as `UTF-8` rather than `UTF-8 with BOM` when you "
                        "next change it",
                        "line": 1,
                        "column": 1,
                        "pointer": "",
                    }
                ],
            },
            {
                "path": "hubs/kisumu.yaml",
                "hub": "kisumu",
                "findings": [
                    {
                        "severity": "error",
                        "code": "unknown-key",
                        "message": "`domain` is not known here",
                        "hint": "did you mean `domains`?",
                        "line": 6,
                        "column": 5,
                        "pointer": "/apps/docs/domain",
                    }
                ],
            },
            {"path": "hubs/nairobi.yaml", "hub": "nairobi", "findings": []},
        ],
    }


def test_json_says_ok_when_it_is(network: Path) -> None:
    assert json.loads(run("check", "--format", "json").out) == {
        "ok": True,
        "files": [{"path": "hubs/nairobi.yaml", "hub": "nairobi", "findings": []}],
    }


def test_annotations_for_a_pull_request(network: Path) -> None:
    hub(network, "kisumu.yaml", hub_with("domain: [docs.example.org]"))
    outcome = run("check", "--format", "github")
    assert outcome.code == 1
    assert outcome.out.splitlines()[0] == (
        "::error file=hubs/kisumu.yaml,line=6,col=5,title=Unknown key"
        "::`domain` is not known here.%0ATo fix it: did you mean `domains`?"
    )
    assert run("check", "hubs/nairobi.yaml", "--format", "github").code == 0


def test_a_network_may_keep_its_own_catalog(network: Path) -> None:
    (network / "own" / "apps").mkdir(parents=True)
    (network / "own" / "network.yaml").write_text(
        "name: Own\nowner: own\nteam: own\nmaintainers: [own]\n"
    )
    outcome = run("check", PROVISIONER_CATALOG=str(network / "own"))
    assert outcome.code == 1
    assert "the catalog has no app `docs-site`" in outcome.out


def test_a_broken_catalog_is_wrong_configuration(network: Path) -> None:
    (network / "own" / "apps").mkdir(parents=True)
    (network / "own" / "network.yaml").write_text("nam: Own\nowner: own\nteam: own\n")
    outcome = run("check", PROVISIONER_CATALOG="own")
    assert (outcome.code, outcome.out) == (2, "")
    assert "own/network.yaml:1:1: `nam` is not known here (did you mean `name`?)" in outcome.err
    assert "own/network.yaml:1:1: `maintainers` is missing" in outcome.err


def test_the_networks_own_hub_files_are_well() -> None:
    outcome = run("check", "--hubs", str(REPOSITORY / "hubs"))
    assert (outcome.code, outcome.err) == (0, "")


def test_it_starts_without_any_remote_client(network: Path) -> None:
    """In a process of its own, because this one has loaded everything already."""
    program = (
        "import sys\n"
        "from provisioner.cli import main\n"
        "try: main(['check', '--format', 'json'])\n"
        "finally: print([name for name in sys.argv[1:] if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *HEAVY], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout)["ok"]
