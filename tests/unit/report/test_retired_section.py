"""What a removal took offline and kept is told by name, with the way back."""

from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.detail import Detail
from provisioner.report.retired_section import retired_section
from tests.unit.report import runs
from tests.unit.report.runs import BOT, steps

FULL = Detail()
PAUSED = StepRecord(action="pause-project", state=StepState.DONE, attempts=1)


def gone(*resources: Resource, dns: int = 0, **more: object) -> AppRecord:
    entries = tuple(
        DnsEntry(type="CNAME", name=f"d{n}.example.org", value="x.example") for n in range(dns)
    )
    fields: dict[str, object] = {
        "id": "docs",
        "app": "docs-site",
        "steps": (PAUSED,),
        "resources": resources,
        "dns": entries,
        "retiring": True,
    }
    return AppRecord.model_validate({**fields, **more})


def run(*apps: AppRecord, retiring: bool = True) -> Run:
    return runs.run(RunState.COMPLETED, *apps, retiring=retiring)


def told(*apps: AppRecord) -> list[str]:
    return retired_section(run(*apps), FULL)[1].splitlines()


def test_where_nothing_went_offline_nothing_is_told() -> None:
    assert retired_section(runs.completed_run(), FULL) == []


def test_an_app_that_is_not_yet_offline_is_not_told() -> None:
    leaving = gone(steps=(StepRecord(action="pause-project"),))
    assert retired_section(run(leaving), FULL) == []


def test_an_app_that_is_told_has_its_title() -> None:
    assert told(gone(title="Docs")) == ["- **Docs**: offline."]


def test_what_is_kept_is_named_and_what_was_taken_away_is_not() -> None:
    resources = [
        Resource(kind=kind, name=f"our-{kind}")
        for kind in ("domain", "project", "repository", "variable", "webhook")
    ]
    assert told(gone(*resources)) == [
        "- **docs**: kept: repository `our-repository`, project `our-project`."
    ]


def test_the_entries_that_may_be_removed_are_named_once() -> None:
    app = gone(dns=2)
    twice = app.model_copy(update={"dns": app.dns * 2})
    assert told(twice) == [
        "- **docs**: offline. DNS entries that may now be removed: "
        "`CNAME d0.example.org` and `CNAME d1.example.org`."
    ]


def test_of_many_entries_the_first_ten_are_named() -> None:
    (line,) = told(gone(dns=11))
    assert "`CNAME d8.example.org` and `CNAME d9.example.org`." in line
    assert "d10" not in line


def test_a_long_name_is_cut() -> None:
    long = "x" * 300
    entry = DnsEntry(type="CNAME", name=long, value="x.example")
    app = gone(Resource(kind="project", name=long)).model_copy(update={"dns": (entry,)})
    (line,) = told(app)
    assert f"`{'x' * 159}…`" in line
    assert f"`CNAME {'x' * 273}…`" in line


def test_the_way_back_of_a_hub_is_its_file() -> None:
    *_, back = retired_section(run(gone()), FULL)
    assert back.startswith("**To come back:** put `hubs/nairobi-commons.yaml` back as it was and")


def test_the_way_back_of_an_app_is_its_place_in_the_file() -> None:
    live = runs.bot(*steps(BOT, "bot", 6))
    heading, apps, back = retired_section(run(live, gone(), retiring=False), FULL)
    assert heading == "#### Taken offline, nothing deleted"
    assert apps == "- **docs**: offline."
    assert "put the app back into `hubs/nairobi-commons.yaml`" in back


def test_an_app_of_a_hub_that_goes_goes_with_it() -> None:
    assert told(runs.bot(*steps(BOT, "bot", 6)))[0].startswith("- **Telegram bot**: kept:")


def test_of_many_apps_the_first_are_told() -> None:
    assert len(retired_section(run(gone(), gone(), gone()), Detail(apps=2))[1].splitlines()) == 2
