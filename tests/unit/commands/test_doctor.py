"""Which lines a diagnosis has, whose accounts it looks at, and how it is printed."""

import json
import random
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.doctor import diagnose
from provisioner.errors import ConfigurationError, ExitCode
from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.kind import HostKind
from provisioner.models.diagnosis import Check, CheckState
from provisioner.models.setup import Team, TokenOwner
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.wiring import Wiring
from tests.unit.commands.command import Outcome, run
from tests.unit.desired.given import hub_with
from tests.unit.doctor.readers import HostAccounts, Settings

ENVIRON = {
    "PROVISIONER_CATALOG": str(EXAMPLE_CATALOG),
    "GITHUB_REPOSITORY": "example-network/hubs",
}
RIVERSIDE = "github: {owner: riverside}\nvercel: {team: riverside-team}\n"
LAKESIDE = "github: {owner: lakeside}\nvercel: {team: lakeside-team}\n"
NETWORKS = [
    "GitHub account example-network",
    "Vercel team example-network",
    "copies of example-network on Vercel team example-network",
]
RIVERSIDES = [
    "GitHub account riverside",
    "Vercel team riverside-team",
    "copies of riverside on Vercel team riverside-team",
]


class Seen(Wiring):
    """Every service answers, of accounts that are as good as any."""

    def __init__(self, **environ: str) -> None:
        super().__init__({**ENVIRON, **environ}, ManualClock(), random.Random(1))
        app = TokenOwner(login=None)
        self.network_settings = Settings()
        self.copies_settings = Settings(owner=app)

    def host_accounts(self, kind: HostKind) -> HostAccountReader:
        return HostAccounts(Team(slug="any", role="OWNER"))


def hubs(folder: Path, **texts: str) -> Path:
    for hub, text in texts.items():
        (folder / f"{hub}.yaml").write_text(text)
    return folder


def lines(folder: Path, *names: str, **environ: str) -> dict[str, Check]:
    return {check.name: check for check in diagnose(Seen(**environ), folder, names).checks}


def accounts(folder: Path, *names: str) -> list[str]:
    return [check.name for check in lines(folder, *names).values() if check.area == "accounts"]


def test_everything_that_provisioning_needs_has_a_line_in_its_order(tmp_path: Path) -> None:
    assert list(lines(tmp_path)) == [
        "network.yaml",
        "sealing key",
        "hub files",
        "GITHUB_TOKEN",
        "PROVISIONER_GITHUB_TOKEN",
        "VERCEL_TOKEN",
        "example-network/hubs",
        "workflow files",
        "Actions",
        "schedule",
        "branch protection",
        "code owners",
        "state branch",
        "state branch protection",
        "environment provisioner",
        "hub environments",
        *NETWORKS,
        "docs-site",
        "telegram-bot",
    ]


class TestAccounts:
    def test_those_of_the_network_and_of_every_hub_are_looked_at_once(self, tmp_path: Path) -> None:
        folder = hubs(
            tmp_path,
            nairobi=hub_with(top=RIVERSIDE),
            kisumu=hub_with(top=RIVERSIDE),
            lagos=hub_with(),
        )

        found = accounts(folder)

        assert sorted(found) == sorted([*NETWORKS, *RIVERSIDES])
        assert [name.split()[-1] for name in found[:2]] == ["example-network", "riverside"]

    def test_of_a_hub_that_is_named_only_its_own(self, tmp_path: Path) -> None:
        folder = hubs(tmp_path, nairobi=hub_with(top=RIVERSIDE), lagos=hub_with(top=LAKESIDE))

        assert accounts(folder, "nairobi") == RIVERSIDES

    def test_all_else_is_looked_at_whoever_is_named(self, tmp_path: Path) -> None:
        folder = hubs(tmp_path, nairobi=hub_with(top=RIVERSIDE), lagos="name: [\n")

        named = lines(folder, "nairobi")

        assert "docs-site" in named
        assert "lagos" in named["hub files"].detail

    def test_a_hub_whose_file_is_broken_has_none_that_could_be_known(self, tmp_path: Path) -> None:
        assert accounts(hubs(tmp_path, lagos="name: [\n"), "lagos") == []

    def test_an_unknown_hub_is_wrong_use(self, tmp_path: Path) -> None:
        folder = hubs(tmp_path, nairobi=hub_with(), lagos="name: [\n")

        with pytest.raises(ConfigurationError) as caught:
            lines(folder, "nairobi", "accra", "kano")

        assert (caught.value.message, caught.value.hint) == (
            "there is no hub accra, kano",
            "Name one that has a file: lagos, nairobi.",
        )

    def test_where_no_hub_has_a_file_none_can_be_named(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError) as caught:
            lines(tmp_path, "nairobi")

        assert caught.value.hint == "Name one that has a file: none."


class TestWhatTheEnvironmentTells:
    @pytest.mark.parametrize(
        ("token", "state"), [("one", CheckState.NOT_OK), ("two", CheckState.UNKNOWN)]
    )
    def test_a_jobs_own_token_makes_no_copies(
        self, tmp_path: Path, token: str, state: CheckState
    ) -> None:
        found = lines(tmp_path, GITHUB_TOKEN="one", PROVISIONER_GITHUB_TOKEN=token)

        assert found["PROVISIONER_GITHUB_TOKEN"].state is state

    @pytest.mark.parametrize(
        ("environ", "state"),
        [({"GITHUB_RUN_ID": "7"}, CheckState.OK), ({}, CheckState.UNKNOWN)],
    )
    def test_what_runs_in_actions_shows_that_they_are_on(
        self, tmp_path: Path, environ: dict[str, str], state: CheckState
    ) -> None:
        assert lines(tmp_path, **environ)["Actions"].state is state

    def test_a_sealing_key_is_the_same_with_blanks_around_it(self, tmp_path: Path) -> None:
        bare, blank = lines(tmp_path), lines(tmp_path, PROVISIONER_SEALING_KEY=" \n")

        assert blank["sealing key"] == bare["sealing key"]


class TestCommand:
    """Without tokens nothing is asked of anybody."""

    def doctor(self, folder: Path, *arguments: str, **environ: str) -> Outcome:
        unset = {"GITHUB_TOKEN": "", "PROVISIONER_GITHUB_TOKEN": "", "VERCEL_TOKEN": ""}
        hub_files = ("--hubs", str(folder))
        given = {**ENVIRON, **unset, **environ}
        return run("doctor", *arguments, *hub_files, stdin=b"", **given)

    def test_what_is_known_to_be_wrong_is_told_and_nothing_is_well(self, tmp_path: Path) -> None:
        page = tmp_path / "summary.md"

        told = self.doctor(tmp_path, GITHUB_STEP_SUMMARY=str(page))

        assert (told.code, told.err) == (ExitCode.FINDINGS, "")
        assert "GITHUB_TOKEN" in told.out
        assert "It is not set." in told.out
        assert "It is not set." in page.read_text()

    def test_json_says_the_same(self, tmp_path: Path) -> None:
        told = self.doctor(tmp_path, "--format", "json")

        document = json.loads(told.out)
        assert (told.code, document["ok"]) == (ExitCode.FINDINGS, False)
        assert told.out == json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def test_hubs_can_be_named_as_many_as_there_are(self, tmp_path: Path) -> None:
        folder = hubs(tmp_path, nairobi=hub_with(top=RIVERSIDE), lagos=hub_with(top=LAKESIDE))

        told = self.doctor(folder, "nairobi", "lagos")

        assert "riverside-team" in told.out
        assert "lakeside-team" in told.out
        assert NETWORKS[0] not in told.out
