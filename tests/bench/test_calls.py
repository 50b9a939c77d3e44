"""How many calls a run makes, beside the fewest that the APIs allow: printed, never judged.

The fewest for one hub with a site (one domain, one variable) and a bot (two
variables), from its merge to live, DNS entries already in place. Counted is
what the order *look, name, make, look* needs when nothing goes wrong; a look
that follows a look at the same thing is not needed twice. Polling is apart.

GitHub, the network's repository
     1  read the hub's journal
     2  find the commit that brought the file, and its pull request
     2  write the journal: what will be touched, and the end
     3  find the comment (there is none), write it, edit it at the end
GitHub, for each app                                                     (x 2)
     1  is there a copy already
     2  the source (may it be forked, is it a template), the owner (a person?)
     1  does the owner hold a fork under another name
     1  make the fork
     2  is it there and whose, can its branch be read
Vercel, for each app                                                     (x 2)
     1  is there a project already
     1  make it
     2  is it there and linked, which variables has it
     1  set the variables
     1  are they set
     1  is there a deployment of this commit already (a project may deploy by itself)
     1  deploy
     1  is it live (the first poll)
Vercel, for the site's domain
     1  which domains has the project
     1  attach it
     1  is it attached and verified
     1  which DNS entries does it need, is it configured
Telegram
     3  where does the bot point, point it, where does it point
Vercel, for the bot
     1  the address to point at
"""

from collections import Counter
from pathlib import Path

from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests.bench.network import BOT, DOCS, BenchNetwork

FEWEST = 8 + 2 * 7 + 2 * 9 + 4 + 3 + 1
HUNDRED = tuple(f"hub-{number:03}" for number in range(100))


def shown(what: str, calls: list[Logged]) -> None:
    writes = Counter(call.method for call in calls if call.method not in ("GET", "HEAD"))
    apis = Counter(call.api for call in calls)
    told = ", ".join(f"{number} {name}" for name, number in sorted(apis.items()))
    print(f"\n{what}: {len(calls)} calls ({told}), {sum(writes.values())} of them write")


def test_calls_of_one_hub(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        network = BenchNetwork(sandbox, tmp_path / "hubs")
        network.write("first", DOCS)
        network.apply("first")  # makes the state branch, once for all
        network.write("both", DOCS, BOT)
        text = (tmp_path / "hubs" / "both.yaml").read_text()
        opened = sandbox.control.open_pull_request(
            title="Both", author="someone", files={"hubs/both.yaml": text}
        )
        sandbox.control.merge_pull_request(opened["number"], "squash")

        clean = network.calls("both")
        waiting = network.apply("both")
        network.set_dns(*waiting)
        resumed = network.calls("both")
        nothing = network.calls("both")

    shown("a clean run until DNS is waited for", clean)
    print(f"the fewest for it and the live check: {FEWEST}, ratio {len(clean) / FEWEST:.2f}")
    shown("resumed when DNS is set", resumed)
    shown("nothing to do", nothing)


def test_calls_of_a_hundred_hubs(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        network = BenchNetwork(sandbox, tmp_path / "hubs")
        for hub in HUNDRED:
            network.write(hub, DOCS)
        calls = [network.calls(hub) for hub in HUNDRED]
    every = [call for group in calls for call in group]
    content = [c for c in every if c.api == "github" and c.method in ("POST", "PUT", "PATCH")]
    shown("a hundred hubs with a site each", every)
    print(f"content-creating calls to GitHub: {len(content)}, {len(content) / 100:.1f} a hub; ")
    print(f"at 80 a minute they take {len(content) / 80:.0f} minutes")
