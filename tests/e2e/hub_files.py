"""Hub files for the stories of Actions workflows."""

from tests.e2e.network import ActionsNetwork

TELEGRAM_TOKEN = "123456789:AAExampleExampleExampleExampleExamp"


def docs_hub(owner: str, domain: str = "", app: str = "docs-site") -> str:
    """One documentation site; without a domain it needs nobody's help to go live."""
    domains = f"    domains: [{domain}]\n" if domain else ""
    return (
        "name: Nairobi Commons\n"
        "maintainers: [amina-k]\n"
        f"github: {{owner: {owner}}}\n"
        f"vercel: {{team: {owner}}}\n"
        "apps:\n"
        "  docs:\n"
        f"    app: {app}\n"
        f"{domains}"
    )


def docs_and_bot_hub(network: ActionsNetwork, hub: str, domain: str) -> str:
    """A documentation site with a domain, and a Telegram bot with a sealed token."""
    sealed = network.sealed(hub, "bot", "TELEGRAM_TOKEN", TELEGRAM_TOKEN)
    return docs_hub(f"{hub}-commons", domain) + (
        "  bot:\n"
        "    app: telegram-bot\n"
        "    env:\n"
        "      GRAPH_URI: neo4j+s://graph.example.org\n"
        f"      TELEGRAM_TOKEN: {{sealed: {sealed}}}\n"
    )
