"""What is not said of a plan: the step was looked at, the hub stays and is due, nothing existed."""

from provisioner.models.plan import Actor, AppPlan, HubPlan, PlannedStep, Resource, Verdict


def test_a_step_was_looked_at_and_waits_for_nobody() -> None:
    step = PlannedStep(action="deploy", verdict=Verdict.CREATE)

    assert (step.checked, step.who, step.resources) == (True, Actor.NOBODY, ())


def test_a_hub_is_due_and_stays() -> None:
    plan = HubPlan(hub="nairobi", title="Nairobi", digest="d1")

    assert (plan.due, plan.retiring, plan.reason, plan.apps) == (True, False, "", ())


def test_a_resource_is_taken_for_one_that_was_not_there_before() -> None:
    assert not Resource(kind="project", name="vercel:nairobi/nairobi--docs").existed


def test_an_app_that_is_not_built_yet_has_no_address_and_no_dns_entries() -> None:
    app = AppPlan(id="docs", app="docs-site", title="Docs", steps=())

    assert (app.url, app.dns) == (None, ())
