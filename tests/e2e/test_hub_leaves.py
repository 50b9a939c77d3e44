"""A hub's file is deleted: the run finds it without being told, and takes its apps offline."""

from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork

FILE = "hubs/kisumu.yaml"


def test_a_deleted_hub_file_takes_the_apps_offline_and_deletes_nothing(
    network: ActionsNetwork,
) -> None:
    network.merge(network.open_unseen({FILE: docs_hub("kisumu-commons")}))
    assert network.journal("kisumu")["run"]["state"] == "completed"

    leaving = network.open_unseen({FILE: None})
    run = network.merge(leaving)

    assert run.succeeded
    assert run.job("apply", hub="kisumu").succeeded
    assert network.journal("kisumu")["run"]["retiring"] is True
    assert network.journal("kisumu")["run"]["state"] == "completed"
    assert network.copies() == ["kisumu-commons/kisumu--docs"]
    (project,) = network.sandbox.control.world()["vercel"]["projects"]
    assert project["paused"] is True
    (comment,) = network.comments(leaving)
    assert "offline" in comment["body"]
    assert network.on_schedule().ran() == ["plan"]
