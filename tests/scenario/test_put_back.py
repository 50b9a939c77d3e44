"""What was taken out of the file and put back is still ours, however much happened in between."""

from datetime import timedelta

from provisioner.models.run import RunState
from tests.scenario.network import Network
from tests.scenario.schedule import completed, newest, passed
from tests.scenario.test_domains_that_move import hub

DAY = timedelta(days=1)


def test_an_app_that_goes_before_its_first_build_and_is_put_back_is_ours(network: Network) -> None:
    network.write("nairobi", hub(docs=""))
    network.apply()
    network.sandbox.control.set_vercel(limits=[{"operation": "deployments", "total": 0}])
    network.write("nairobi", hub(docs="", notes=""))
    network.apply()
    assert network.project("nairobi--notes")["deployments"] == []

    network.write("nairobi", hub(docs=""))
    passed(network, DAY, completed)
    network.write("nairobi", hub(docs="").replace("docs-site\n", "docs-site\n    adopt: true\n"))
    passed(network, DAY, completed)
    network.sandbox.control.set_vercel(limits=[])
    network.write("nairobi", hub(docs="", notes=""))
    passed(network, DAY, completed)

    assert newest(network).state is RunState.COMPLETED
    assert network.project("nairobi--notes")["paused"] is False
    assert len(network.world()["vercel"]["projects"]) == 2
