"""A maintainer starts the doctor in Actions, where the tokens are."""

from provisioner.desired.catalog import OWN_CATALOG
from provisioner.github.state_branch import BRANCH
from provisioner.secrets.sealing import public_of
from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork


def fix(network: ActionsNetwork) -> None:
    """What the doctor asked for."""
    text = (OWN_CATALOG / "network.yaml").read_text(encoding="utf-8")
    public = public_of(network.sandbox.environment["PROVISIONER_SEALING_KEY"])
    catalog = {"provisioner/catalog/network.yaml": f"{text}\nsealing_key: {public}\n"}
    network.sandbox.control.push(catalog)
    rules = {"ruleset": True, "strict": True, "reviews": 1, "code_owners": True}
    network.sandbox.control.set_protection(contexts=["provisioner/check"], **rules)
    network.sandbox.control.set_protection(branch=BRANCH, contexts=[], ruleset=True)


def test_the_job_fails_while_something_is_wrong_and_its_page_says_what(
    network: ActionsNetwork,
) -> None:
    ill = network.examine()

    assert not ill.succeeded
    job = ill.job("doctor")
    assert job.summary.startswith("## ❌ The set-up needs fixing")
    assert "❌ not ok | branch protection | Nothing protects main" in job.summary
    assert "not ok           sealing key: network.yaml does not name" in job.log

    fix(network)
    well = network.examine()

    assert well.succeeded
    assert well.job("doctor").summary.startswith("## ✅ Nothing is known to be wrong")
    assert "ok               Actions: They are switched on: this runs there." in (
        well.job("doctor").log
    )


def test_only_the_hubs_that_are_named_are_looked_at_and_nothing_is_written(
    network: ActionsNetwork,
) -> None:
    files = {f"hubs/{hub}.yaml": docs_hub(f"{hub}-commons") for hub in ("kisumu", "nakuru")}
    network.merge_unseen(network.open_unseen(files))
    fix(network)
    asked = len(network.sandbox.control.requests())

    run = network.examine(" kisumu ")

    assert run.succeeded
    assert "kisumu-commons" in run.job("doctor").log
    assert "nakuru-commons" not in run.job("doctor").log
    made = [one for one in network.sandbox.control.requests()[asked:] if one.api != "git"]
    assert {one.method for one in made} == {"GET"}
