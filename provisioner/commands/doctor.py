"""`doctor [HUB…]`: checks a real set-up, before the first hub and later. Changes nothing."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from provisioner.commands.options import HUBS, TEXT_OR_JSON, desired_of, redactor
from provisioner.desired.resolve import Desired
from provisioner.doctor import (
    branches,
    catalog,
    environments,
    network,
    owners,
    repository,
    teams,
    tokens,
)
from provisioner.doctor.base import Probe, examine
from provisioner.doctor.home import Home
from provisioner.doctor.owners import Owners
from provisioner.doctor.teams import Teams
from provisioner.errors import ConfigurationError, ExitCode
from provisioner.hosting.registry import FIRST, HOSTS
from provisioner.models.diagnosis import Diagnosis
from provisioner.output import append_summary, echo
from provisioner.report.diagnosis import diagnosis_document, diagnosis_markdown, diagnosis_text
from provisioner.wiring import Wiring


@click.command()
@click.argument("names", metavar="[HUB]...", nargs=-1)
@TEXT_OR_JSON
@HUBS
def doctor(names: tuple[str, ...], format_: str, directory: Path) -> int:
    """Check the set-up: tokens, settings, accounts, catalog. Changes nothing.

    Each line says ok, not ok and how to fix it, or could not check and how to
    look. With HUB, only the accounts of those hubs are looked at. Exits with 0
    if nothing is known to be wrong, with 1 if something is.
    """
    wiring = Wiring(os.environ, redactor=redactor())
    diagnosis = wiring.redactor.covered(diagnose(wiring, directory, names))
    if format_ == "json":
        echo(wiring.redactor.json(diagnosis_document(diagnosis), indent=2))
    else:
        echo(wiring.redactor.lines(diagnosis_text(diagnosis)))
    append_summary(wiring.redactor.markdown(diagnosis_markdown(diagnosis)), wiring.environ)
    return ExitCode.DONE if diagnosis.ok else ExitCode.FINDINGS


def diagnose(wiring: Wiring, directory: Path, names: Sequence[str] = ()) -> Diagnosis:
    """Look at everything that provisioning needs. Only reads; safe to repeat.

    Raises `ConfigurationError` for files that cannot be read, a hub that has
    none, and a repository that is not named.
    """
    everything = desired_of(directory, wiring.environ)
    chosen = _chosen(everything, names)
    return Diagnosis(checks=examine(_probes(wiring, everything, chosen), wiring.retrier))


def _chosen(desired: Desired, names: Sequence[str]) -> Desired:
    """Only the named hubs; all when none is named."""
    known = {*desired.hubs, *desired.broken}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationError(
            f"there is no hub {', '.join(unknown)}",
            f"Name one that has a file: {', '.join(sorted(known)) or 'none'}.",
        )
    if not names:
        return desired
    return replace(desired, hubs={one: hub for one, hub in desired.hubs.items() if one in names})


def _probes(wiring: Wiring, everything: Desired, chosen: Desired) -> list[Probe]:
    """Every line to be, in its order."""
    now, full_name = wiring.clock.now(), wiring.repository
    same = wiring.environ.get("PROVISIONER_GITHUB_TOKEN") == wiring.environ.get("GITHUB_TOKEN")
    job_door = tokens.job_door(lambda: wiring.network_settings, now)
    copies_door = tokens.copies_door(lambda: wiring.copies_settings, now, same)
    host_doors = {
        key: tokens.host_door(kind, partial(wiring.host_accounts, kind))
        for key, kind in HOSTS.items()
    }
    with ThreadPoolExecutor() as pool:
        opening = pool.submit(job_door.open, wiring.retrier)
        copying = pool.submit(copies_door.open, wiring.retrier)
        hosting = {key: pool.submit(one.open, wiring.retrier) for key, one in host_doors.items()}
    job, copies = opening.result(), copying.result()
    home, holders = Home(job, full_name), Owners(copies)
    at_hosts = {key: one.result() for key, one in hosting.items()}
    hosts = {key: Teams(HOSTS[key], access) for key, access in at_hosts.items()}
    key = wiring.environ.get("PROVISIONER_SEALING_KEY", "").strip()
    return [
        *network.probes(everything, full_name, key),
        *(job.probe, copies.probe, *(access.probe for access in at_hosts.values())),
        *repository.probes(home, now, wiring.actions_run_url is not None),
        *branches.probes(home),
        *environments.probes(home, everything),
        *_accounts(holders, hosts, chosen, with_networks=chosen is everything),
        *catalog.probes(holders, everything),
    ]


def _accounts(
    holders: Owners, hosts: Mapping[str, Teams], desired: Desired, with_networks: bool
) -> list[Probe]:
    """Each owner and team once, and each owner with each team that is to build its copies."""
    settings = desired.catalog.network
    places = {(app.owner, app.host, app.team) for hub in desired.hubs.values() for app in hub.apps}
    if with_networks:
        places.add((settings.owner, FIRST.key, settings.team))
    lines = owners.probes(holders, sorted({owner for owner, _, _ in places}))
    for key, at_host in hosts.items():
        pairs = sorted((owner, team) for owner, host, team in places if host == key)
        lines += teams.probes(at_host, sorted({team for _, team in pairs}))
        lines += teams.pair_probes(holders, at_host, pairs)
    return lines
