"""Hubs are applied side by side, and whatever happens to one is its own."""

from pathlib import Path
from threading import Barrier

import pytest

from provisioner.commands.applying import SIDE_BY_SIDE, Applied, Order, apply_hubs
from provisioner.errors import (
    Bug,
    ConfigurationError,
    Effect,
    ExitCode,
    TokenRefused,
    Unreachable,
)
from provisioner.models.run import Run, RunState
from tests.unit.commands.github import refused
from tests.unit.commands.network import BROKEN, Network, error_of, run_of
from tests.unit.report.runs import run


class TestExitCode:
    @pytest.mark.parametrize(
        ("state", "code"),
        [
            (RunState.COMPLETED, ExitCode.DONE),
            (RunState.WAITING, ExitCode.DONE),
            (RunState.FAILED, ExitCode.FINDINGS),
            (RunState.CANCELLED, ExitCode.FINDINGS),
        ],
    )
    def test_what_waits_is_no_failure(self, state: RunState, code: ExitCode) -> None:
        assert Applied("nairobi", run(state)).exit_code is code

    def test_an_error_outranks_how_the_run_ended(self) -> None:
        error = ConfigurationError("no token")

        assert Applied("nairobi", run(RunState.COMPLETED), error).exit_code is ExitCode.USAGE

    def test_without_a_run_nothing_is_done(self) -> None:
        assert Applied("nairobi").exit_code is ExitCode.FINDINGS


class TestEachByItself:
    def test_each_hub_is_applied_once_in_the_order_of_its_first_name(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa", "bbb")

        done = network.apply("bbb", "aaa", "bbb")

        assert [(item.hub, run_of(item).hub) for item in done] == [("bbb", "bbb"), ("aaa", "aaa")]
        assert sorted(network.services.looked) == ["docs", "docs"]

    def test_four_are_at_work_at_once(self, tmp_path: Path) -> None:
        """The patience of the barrier only keeps a broken rule from hanging."""
        assert SIDE_BY_SIDE == 4
        hubs = ("aaa", "bbb", "ccc", "ddd")
        network, meeting = Network(tmp_path), Barrier(SIDE_BY_SIDE, timeout=60)
        for hub in hubs:
            network.record(hub)

        def heard(run: Run) -> None:
            meeting.wait()

        done = apply_hubs(network.wiring, Order(hubs, tmp_path, listeners=(heard,)))

        assert [run_of(item).state for item in done] == [RunState.COMPLETED] * 4

    def test_a_broken_file_stops_its_own_hub_alone(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.files["bbb.yaml"] = BROKEN

        fine, broken = network.apply("aaa", "bbb")

        assert run_of(fine).hub == "aaa"
        assert (
            error_of(broken).message
            == "the file of hub bbb has mistakes, so nothing was done for it"
        )
        assert "`provisioner check hubs/bbb.yaml`" in error_of(broken).hint

    @pytest.mark.parametrize("kind", [TokenRefused, Unreachable])
    def test_a_service_that_lets_nobody_in_is_told_as_it_is(
        self, tmp_path: Path, kind: type[TokenRefused] | type[Unreachable]
    ) -> None:
        network = Network(tmp_path, "aaa", "bbb")
        trouble = kind("no", "Renew it.", service="GitHub", effect=Effect.NONE)
        network.store.refusals["hubs/aaa.json"] = trouble

        out, fine = network.apply("aaa", "bbb")

        assert error_of(out) is trouble
        assert out.exit_code is ExitCode.USAGE
        assert run_of(fine).hub == "bbb"

    def test_a_refusal_is_told_with_what_it_changed(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.store.refusals["hubs/aaa.json"] = refused()

        (out,) = network.apply("aaa")

        assert error_of(out).message == "GitHub refused. Nothing was changed by it."
        assert out.exit_code is ExitCode.FINDINGS

    def test_a_service_that_asks_to_wait_is_told_with_the_time(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.store.refusals["hubs/aaa.json"] = refused(429, retry_after=7200)

        (out,) = network.apply("aaa")

        assert error_of(out).message == (
            "GitHub refused. Nothing was changed by it. "
            "GitHub asks to wait until 02:00 UTC on 1 January."
        )

    def test_a_bug_is_its_own_hubs_too(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa", "bbb")
        network.store.refusals["hubs/aaa.json"] = ValueError("odd")

        out, fine = network.apply("aaa", "bbb")

        assert isinstance(error_of(out), Bug)
        assert run_of(fine).hub == "bbb"

    def test_what_turns_out_to_be_wrong_while_it_runs_is_its_own_as_well(
        self, tmp_path: Path
    ) -> None:
        network = Network(tmp_path, "aaa")
        network.github.troubles["last_change"] = trouble = ConfigurationError("no setting")

        (out,) = network.apply("aaa")

        assert error_of(out) is trouble


class TestEverybodys:
    def test_an_unknown_hub_stops_all_before_anything_is_changed(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "bbb", "aaa")

        with pytest.raises(ConfigurationError) as caught:
            network.apply("aaa", "ccc")

        assert (caught.value.message, caught.value.hint) == (
            "there is no hub ccc",
            "Name one that has a file: aaa, bbb.",
        )
        assert (network.store.commits, network.github.said) == ([], {})

    def test_where_no_hub_is_none_can_be_named(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError) as caught:
            Network(tmp_path).apply("aaa")

        assert caught.value.hint == "Name one that has a file: none."

    def test_a_repository_that_is_not_there_is_told_before_a_hubs_first_run(
        self, tmp_path: Path
    ) -> None:
        network = Network(tmp_path, "aaa")
        network.github.there = False

        with pytest.raises(ConfigurationError, match="GitHub shows no repository"):
            network.apply("aaa")

        assert network.services.looked == []

    def test_what_has_a_journal_has_a_repository(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")
        network.record("aaa")

        network.apply("aaa")

        assert "default_branch" not in network.github.asked

    def test_an_unknown_app_is_wrong_use(self, tmp_path: Path) -> None:
        network = Network(tmp_path, "aaa")

        with pytest.raises(ConfigurationError, match="hub aaa has no app wiki"):
            network.apply("aaa", app="wiki")
