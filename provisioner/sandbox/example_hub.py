"""The hub that `demo` tells of, as its file is before anybody has checked it."""

STAND_INS = "GitHub, Vercel, Telegram and DNS"

BROKEN = """\
name: Nairobi Commons
maintainers: [amina-k, joseph-m]
github: {owner: nairobi-commons}
vercel: {team: nairobi-commons}
apps:
  docs:
    app: docs-site
    domains: https://docs.nairobi.example.org
    env: {SITE_TITLE: Nairobi Commons}
  bot:
    app: telegram-bot
    env:
      GRAPH_URL: neo4j+s://graph.example.org
      TELEGRAM_TOKEN: {sealed: SEALED}
"""
"""With one mistake in `domains` and one in a variable's name; `SEALED` is filled in."""
