"""Example receipts, and what the world holds when they are true."""

from datetime import UTC, datetime

from provisioner.models.plan import Resource
from provisioner.models.receipt import (
    Receipt,
    ReceiptApp,
    ReceiptDeployment,
    ReceiptProject,
    ReceiptRepository,
    ReceiptRun,
)
from provisioner.models.remote import Deployment, DeploymentState, Project
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.receipts.observed import Observation
from provisioner.receipts.recorded import versions

NOW = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
COMMIT = "5f0c9e1b7a3d4c2e8f6a1b0d9c8e7f6a5b4c3d2e"
COPY = "nairobi-commons/nairobi--docs"
DOMAIN = "docs.nairobi.example.org"

APP = ReceiptApp(
    id="docs",
    app="docs-site",
    url=f"https://{DOMAIN}",
    repository=ReceiptRepository(
        owner="nairobi-commons", name="nairobi--docs", branch="main", commit=COMMIT
    ),
    project=ReceiptProject(team="nairobi-commons", name="nairobi--docs", id="prj_1"),
    deployment=ReceiptDeployment(id="dpl_1", commit=COMMIT, created_at=NOW),
    domains=(DOMAIN,),
)
RECEIPT = Receipt(
    network="example-network/hubs",
    hub="nairobi",
    run=ReceiptRun(
        id="20260303-140200-abcd",
        hub_file_commit=COMMIT,
        plan_digest="0" * 64,
        pull_request=12,
        started_at=NOW,
        ended_at=NOW,
        actions_run="https://github.com/example-network/hubs/actions/runs/4711",
    ),
    apps=(APP,),
    versions=versions(),
)
PROJECT = Project(
    id="prj_1",
    name="nairobi--docs",
    repository=COPY,
    production_branch="main",
    serving="dpl_1",
)
DEPLOYMENT = Deployment(
    id="dpl_1", state=DeploymentState.READY, aliased=True, commit=COMMIT, created_at=NOW
)
SEEN = Observation(COPY, "main", COMMIT, PROJECT, DEPLOYMENT, (DOMAIN,))

RUN = Run(
    id=RECEIPT.run.id,
    hub="nairobi",
    title="Nairobi Commons",
    state=RunState.COMPLETED,
    digest=RECEIPT.run.plan_digest,
    commit=COMMIT,
    pull_request=12,
    started_at=NOW,
    ended_at=NOW,
    actions_run_url=RECEIPT.run.actions_run,
    apps=(
        AppRecord(
            id="docs",
            app="docs-site",
            url=APP.url,
            resources=(
                Resource(kind="project", name="vercel:nairobi-commons/nairobi--docs"),
                Resource(kind="repository", name=COPY),
                Resource(kind="domain", name=DOMAIN),
            ),
        ),
    ),
)
"""The journal's run that `RECEIPT` is of."""
