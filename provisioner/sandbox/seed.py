"""What a fresh sandbox holds: the network's repository and the two apps' sources."""

import json
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, bytes]

EXAMPLE_CATALOG = Path(__file__).parent / "example_catalog"
"""What the demo and the tests offer their hubs, whatever a network makes of its own catalog."""

NETWORK_FILES: Files = {
    "README.md": b"# Hubs\n\nOne file in `hubs/` for each hub of the network.\n",
    "hubs/README.md": b"# Hub files\n\nAdd `<hub>.yaml` and open a pull request.\n",
}

_DOCS_PACKAGE = {
    "name": "docs-site",
    "private": True,
    "type": "module",
    "scripts": {"dev": "vitepress dev", "build": "vitepress build"},
    "devDependencies": {"vitepress": "^1.6.4"},
}
_DOCS_CONFIG = b"""import { defineConfig } from 'vitepress'

export default defineConfig({
  title: process.env.SITE_TITLE ?? 'Documentation',
  description: process.env.SITE_DESCRIPTION ?? '',
  lang: process.env.SITE_LANGUAGE ?? 'en',
  srcDir: 'docs',
})
"""
DOCS_SITE: Files = {
    "README.md": b"# docs-site\n\nGuides, notes and decisions of a hub, from Markdown.\n",
    "package.json": json.dumps(_DOCS_PACKAGE, indent=2).encode() + b"\n",
    ".vitepress/config.mts": _DOCS_CONFIG,
    "docs/index.md": b"# Welcome\n\nThis is where the hub writes things down.\n",
    "docs/decisions.md": b"# Decisions\n\nNone yet.\n",
}

_BOT_HEALTH = b"""export default function handler(request, response) {
  response.status(200).json({ ok: true, commit: process.env.VERCEL_GIT_COMMIT_SHA ?? '' })
}
"""
_BOT_SECRET = b"""import { createHmac } from 'node:crypto'

export const secret = (token) =>
  createHmac('sha256', token).update('telegram-webhook').digest('hex')
"""
_BOT_WEBHOOK = b"""import { timingSafeEqual } from 'node:crypto'
import { secret } from '../lib/secret.js'

export default function handler(request, response) {
  if (request.method !== 'POST') return response.status(405).json({ ok: false })
  const given = Buffer.from(request.headers['x-telegram-bot-api-secret-token'] ?? '')
  const wanted = Buffer.from(secret(process.env.TELEGRAM_TOKEN ?? ''))
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return response.status(401).json({ ok: false })
  }
  response.status(200).json({ ok: true })
}
"""
_BOT_PACKAGE = {
    "name": "telegram-bot",
    "private": True,
    "type": "module",
    "dependencies": {"neo4j-driver": "^5.28.0"},
}
TELEGRAM_BOT: Files = {
    "README.md": b"# telegram-bot\n\nAnswers in a hub's groups; remembers in a graph database.\n",
    "package.json": json.dumps(_BOT_PACKAGE, indent=2).encode() + b"\n",
    "api/health.js": _BOT_HEALTH,
    "api/webhook.js": _BOT_WEBHOOK,
    "lib/secret.js": _BOT_SECRET,
}

SOURCES: dict[str, Files] = {
    "example-network/docs-site": DOCS_SITE,
    "example-network/telegram-bot": TELEGRAM_BOT,
}


def sources_of(workflows: Mapping[str, str]) -> dict[str, Files]:
    """Source repositories for a catalog: by full name the workflow that deploys it."""
    return {
        full_name: TELEGRAM_BOT if workflow == "telegram-bot" else DOCS_SITE
        for full_name, workflow in workflows.items()
    }
