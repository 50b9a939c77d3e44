"""A sandbox in one process, the provisioner in others, joined by the environment alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from provisioner.clock import SystemClock
from provisioner.secrets.sealing import public_of, seal
from tests import canary
from tests.e2e.processes import ServedSandbox, run, served_sandbox
from tests.unit.commands import command

HUB = """\
name: Nairobi Commons
maintainers: [amina-k]
github: {owner: nairobi-commons}
vercel: {team: nairobi-commons}
apps:
  docs:
    app: docs-site
    domains: [docs.nairobi.example.org]
    env: {SITE_TITLE: Nairobi Commons}
  bot:
    app: telegram-bot
    env:
      GRAPH_URI: neo4j+s://graph.example.org
      TELEGRAM_TOKEN: {sealed: SEALED}
"""
TOKEN = "123456789:AAExampleExampleExampleExampleExamp"


def write_hub(sandbox: ServedSandbox, folder: Path) -> None:
    canary.plant(TOKEN)
    public = public_of(sandbox.env["PROVISIONER_SEALING_KEY"])
    sealed = seal(public, "nairobi", "bot", "TELEGRAM_TOKEN", TOKEN, SystemClock().now())
    (folder / "hubs").mkdir(exist_ok=True)
    (folder / "hubs" / "nairobi.yaml").write_text(HUB.replace("SEALED", sealed))


def apply(sandbox: ServedSandbox, folder: Path) -> dict[str, Any]:
    done = run("apply", "nairobi", "--format", "json", cwd=folder, env=sandbox.env)
    assert done.returncode == 0, done.stderr
    (hub,) = json.loads(done.stdout)["hubs"]
    assert isinstance(hub, dict)
    return hub


def test_a_hub_goes_live_and_a_second_apply_changes_nothing(tmp_path: Path) -> None:
    with served_sandbox() as sandbox:
        write_hub(sandbox, tmp_path)
        text = (tmp_path / "hubs" / "nairobi.yaml").read_text()
        opened = sandbox.post(
            "pull-requests",
            {"title": "Nairobi", "author": "amina-k", "files": {"hubs/nairobi.yaml": text}},
        )
        sandbox.post(f"pull-requests/{opened['number']}/merge", {"method": "squash"})

        waiting = apply(sandbox, tmp_path)
        assert waiting["state"] == "waiting"
        sandbox.post("dns", {"records": [entry for app in waiting["apps"] for entry in app["dns"]]})
        live = apply(sandbox, tmp_path)
        assert live["state"] == "completed"
        assert live["pull_request"] == opened["number"]
        assert [app["state"] for app in live["apps"]] == ["completed", "completed"]

        world, requests = sandbox.get("world"), len(sandbox.get("requests"))
        assert apply(sandbox, tmp_path) == live
        assert sandbox.get("world") == world
        methods = {item["method"] for item in sandbox.get("requests")[requests:]}
        assert methods == {"GET"}

        status = run("status", "--format", "json", cwd=tmp_path, env=sandbox.env)
        assert json.loads(status.stdout) == {"hubs": [live]}


def test_the_status_has_the_shape_that_other_programs_read(tmp_path: Path) -> None:
    with served_sandbox() as sandbox:
        write_hub(sandbox, tmp_path)
        hub = apply(sandbox, tmp_path)

    assert set(hub) == {"hub", "state", "commit", "pull_request", "apps"}
    docs = hub["apps"][0]
    assert set(docs) == {"id", "state", "url", "dns", "steps"}
    assert set(docs["dns"][0]) == {"type", "name", "value", "state"}
    assert set(docs["steps"][0]) == {
        "action",
        "state",
        "attempts",
        "started_at",
        "ended_at",
        "detail",
        "hint",
        "wake_at",
    }
    assert [step["action"] for step in docs["steps"]] == [
        "fork-repository",
        "create-project",
        "set-environment",
        "deploy",
        "attach-domains",
        "verify-dns",
        "check-live",
    ]


def test_the_demo_ends_with_both_apps_live_whatever_a_network_has_made_of_its_catalog(
    tmp_path: Path,
) -> None:
    own = tmp_path / "catalog"
    (own / "apps").mkdir(parents=True)
    (own / "network.yaml").write_text("name: Own\nowner: own\nteam: own\nmaintainers: [me]\n")

    done = run("demo", "--format", "json", cwd=tmp_path, env={"PROVISIONER_CATALOG": str(own)})

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert set(shown) == {"hubs", "pull_request", "requests"}
    assert [app["state"] for app in shown["hubs"][0]["apps"]] == ["completed", "completed"]
    assert set(shown["requests"]) == {"github", "vercel"}
    assert min(shown["requests"].values()) > 0
    (comment,) = shown["pull_request"]["comments"]
    assert "Nairobi Commons is live" in comment


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"GITHUB_TOKEN": ""}, "GITHUB_TOKEN is not set"),
        ({"GITHUB_TOKEN": "ghs_wrong"}, "GITHUB_TOKEN"),
        ({"GITHUB_TOKEN": "“ghs_pasted”"}, "GITHUB_TOKEN is not a token"),
        ({"GITHUB_API_URL": "api.github.com"}, "GITHUB_API_URL is not an address of a service"),
        ({"GITHUB_REPOSITORY": ""}, "GITHUB_REPOSITORY is not set"),
        ({"GITHUB_REPOSITORY": "example-network/elsewhere"}, "example-network/elsewhere"),
        ({"PROVISIONER_GITHUB_TOKEN": ""}, "PROVISIONER_GITHUB_TOKEN is not set"),
        ({"PROVISIONER_GITHUB_TOKEN": "ghp_wrong"}, "PROVISIONER_GITHUB_TOKEN"),
        ({"VERCEL_TOKEN": ""}, "VERCEL_TOKEN is not set"),
        ({"VERCEL_TOKEN": "wrong"}, "VERCEL_TOKEN"),
        ({"VERCEL_TOKEN": "“pasted”"}, "VERCEL_TOKEN is not a token"),
        ({"VERCEL_API_URL": "ftp://api.vercel.com"}, "VERCEL_API_URL is not an address"),
        ({"TELEGRAM_API_URL": "telegram"}, "TELEGRAM_API_URL is not an address"),
        ({"PROVISIONER_GITHUB_TOKEN": "ghp_a\nb"}, "PROVISIONER_GITHUB_TOKEN is not a token"),
        ({"PROVISIONER_EDGE_CA": "/nowhere/ca.pem"}, "PROVISIONER_EDGE_CA is not a file"),
        ({"PROVISIONER_EDGE_CA": __file__}, "PROVISIONER_EDGE_CA is not a file of certificates"),
    ],
)
def test_a_wrong_setting_ends_with_one_clear_message(
    served: ServedSandbox, tmp_path: Path, change: dict[str, str], said: str
) -> None:
    """Within this process, which is what takes time here; the next test starts one."""
    write_hub(served, tmp_path)

    hubs = str(tmp_path / "hubs")
    done = command.run("apply", "nairobi", "--hubs", hubs, stdin=b"", **{**served.env, **change})

    assert done.code == 2, done.err
    assert done.out == ""
    assert said in done.err
    assert "fix:" in done.err
    assert "Traceback" not in done.err
    assert served.get("world")["vercel"]["projects"] == []


def test_a_process_with_a_wrong_setting_ends_with_the_code_of_wrong_use(
    served: ServedSandbox, tmp_path: Path
) -> None:
    write_hub(served, tmp_path)

    done = run("apply", "nairobi", cwd=tmp_path, env={**served.env, "VERCEL_TOKEN": ""})

    assert done.returncode == 2, done.stderr
    assert "VERCEL_TOKEN is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_hub_is_wrong_use(served: ServedSandbox, tmp_path: Path) -> None:
    write_hub(served, tmp_path)

    done = run("apply", "atlantis", cwd=tmp_path, env=served.env)

    assert done.returncode == 2
    assert "there is no hub atlantis" in done.stderr


def test_a_broken_file_is_a_finding_and_stops_nobody_else(
    served: ServedSandbox, tmp_path: Path
) -> None:
    write_hub(served, tmp_path)
    (tmp_path / "hubs" / "kigali.yaml").write_text("name: [")

    due = run("plan", "--due", "--format", "matrix", cwd=tmp_path, env=served.env)
    named = run("apply", "kigali", cwd=tmp_path, env=served.env)

    assert due.returncode == 0, due.stderr
    assert json.loads(due.stdout) == {"include": [{"hub": "nairobi", "environment": "provisioner"}]}
    assert "kigali" in due.stderr
    assert named.returncode == 1
    assert "has mistakes" in named.stderr


@pytest.fixture(scope="module")
def served() -> Any:
    with served_sandbox() as sandbox:
        yield sandbox
