"""A hub whose only app is a bot: its secrets are sealed on the way into the file."""

from tests.scenario.network import TELEGRAM_TOKEN, Network

BOT = "nairobi--bot"
GRAPH_URI = "neo4j+s://graph.example.org"
HUB = f"""\
name: Nairobi Commons
maintainers: [amina-k]
github: {{owner: nairobi-commons}}
vercel: {{team: nairobi-commons}}
apps:
  bot:
    app: telegram-bot
    env:
      GRAPH_URI: {GRAPH_URI}
"""


def merged_bot(network: Network, *, adopt: bool = False, **secrets: str) -> int:
    """The number of its pull request. `secrets` come beside the bot's token, or in its place."""
    text = HUB.replace("    env:\n", "    adopt: true\n    env:\n") if adopt else HUB
    for name, value in {"TELEGRAM_TOKEN": TELEGRAM_TOKEN, **secrets}.items():
        text += f"      {name}: {{sealed: {network.sealed('nairobi', 'bot', name, value)}}}\n"
    network.write("nairobi", text)
    return network.merge("nairobi")
