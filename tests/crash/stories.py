"""The stories in which everything is made to fail: what was there, what people do, what is run."""

from collections.abc import Callable
from dataclasses import dataclass

from provisioner.models.run import Run
from tests.scenario.network import DOCS, Network

Runs = dict[str, Run]

TWO_VARIABLES = DOCS.replace(
    "{SITE_TITLE: Nairobi Commons}", "{SITE_TITLE: Nairobi, SITE_DESCRIPTION: A commons}"
)
TWO_DOMAINS = DOCS.replace("nairobi.example.org]", "nairobi.example.org, example.net]")
IN_OTHER_TEAM = DOCS.replace("vercel: {team: nairobi-commons}", "vercel: {team: nairobi-own}")
IN_OWN_ACCOUNT = DOCS.replace("github: {owner: nairobi-commons}", "github: {owner: nairobi-own}")
KIGALI = """\
name: Kigali Circle
maintainers: [grace-u]
github: {owner: kigali-circle}
vercel: {team: kigali-circle}
apps:
  bot:
    app: telegram-bot
    env:
      GRAPH_URI: neo4j+s://graph.example.org
      TELEGRAM_TOKEN: {sealed: SEALED}
"""
KIGALI_TOKEN = "987654321:AAExampleExampleExampleExampleExamp"


@dataclass(frozen=True)
class Act:
    """What people do, knowing the latest runs, and the hubs that are applied then."""

    people: Callable[[Network, Runs], None]
    hubs: tuple[str, ...] = ("nairobi",)


@dataclass(frozen=True)
class Story:
    """`given` is made without any trouble; the trouble comes in the acts."""

    name: str
    given: Callable[[Network], None]
    acts: tuple[Act, ...]

    @property
    def hubs(self) -> tuple[str, ...]:
        return self.acts[-1].hubs


def _nothing(_network: Network) -> None:
    pass


def _live(text: str) -> Callable[[Network], None]:
    def given(network: Network) -> None:
        network.write("nairobi", text)
        network.merge("nairobi")
        network.set_dns(network.apply())
        network.apply()

    return given


def _live_hub(network: Network) -> None:
    network.go_live()


def _set_dns(network: Network, runs: Runs) -> None:
    for run in runs.values():
        network.set_dns(run)


def _merge_new_hub(network: Network, _runs: Runs) -> None:
    network.write_with_bot()
    network.merge("nairobi")


def _merge(text: str) -> Callable[[Network, Runs], None]:
    def people(network: Network, _runs: Runs) -> None:
        network.write("nairobi", text)
        network.merge("nairobi")

    return people


def _merge_removal(network: Network, _runs: Runs) -> None:
    network.remove("nairobi")
    network.merge("nairobi")


def _merge_two_hubs(network: Network, _runs: Runs) -> None:
    network.write("nairobi", DOCS)
    network.merge("nairobi")
    sealed = network.sealed("kigali", "bot", "TELEGRAM_TOKEN", KIGALI_TOKEN)
    network.write("kigali", KIGALI.replace("SEALED", sealed))
    network.merge("kigali")


NEW_HUB = Story("a new hub", _nothing, (Act(_merge_new_hub), Act(_set_dns)))
CHANGED_VARIABLE = Story("a changed variable", _live(TWO_VARIABLES), (Act(_merge(DOCS)),))
ADDED_DOMAIN = Story("an added domain", _live(DOCS), (Act(_merge(TWO_DOMAINS)), Act(_set_dns)))
REMOVAL = Story("a removal", _live_hub, (Act(_merge_removal),))
TWO_HUBS = Story(
    "two hubs at once",
    _nothing,
    (Act(_merge_two_hubs, ("nairobi", "kigali")), Act(_set_dns, ("nairobi", "kigali"))),
)

OTHER_OWNER = Story("another GitHub account", _live(DOCS), (Act(_merge(IN_OWN_ACCOUNT)),))
OTHER_TEAM = Story("another team", _live(DOCS), (Act(_merge(IN_OTHER_TEAM)), Act(_set_dns)))

STORIES = (NEW_HUB, CHANGED_VARIABLE, ADDED_DOMAIN, REMOVAL, TWO_HUBS, OTHER_OWNER, OTHER_TEAM)
