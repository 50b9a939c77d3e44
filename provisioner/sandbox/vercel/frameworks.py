"""Which framework the host would detect in a repository. Reads the commit, nothing else."""

import json

from provisioner.sandbox.vercel.records import GitSource
from provisioner.sandbox.world import RepositoryLookup

BY_DEPENDENCY = (
    ("blitz", "blitzjs"),
    ("next", "nextjs"),
    ("gatsby", "gatsby"),
    ("astro", "astro"),
    ("@docusaurus/core", "docusaurus-2"),
    ("vitepress", "vitepress"),
    ("vuepress", "vuepress"),
    ("@11ty/eleventy", "eleventy"),
    ("nuxt", "nuxtjs"),
    ("@sveltejs/kit", "sveltekit"),
    ("vite", "vite"),
)
BY_FILE = (("_config.yml", "jekyll"), ("hugo.toml", "hugo"))


def detect(repositories: RepositoryLookup, git: GitSource) -> str | None:
    """The framework's slug; None for a repository of no framework that is known here."""
    package = repositories.read_file(git.repository_id, git.sha, "package.json")
    dependencies = _dependencies(package) if package is not None else set[str]()
    for dependency, framework in BY_DEPENDENCY:
        if dependency in dependencies:
            return framework
    for path, slug in BY_FILE:
        if repositories.read_file(git.repository_id, git.sha, path) is not None:
            return slug
    return None


def _dependencies(package: bytes) -> set[str]:
    try:
        content = json.loads(package)
    except ValueError:
        return set()
    sections = [content.get(key) for key in ("dependencies", "devDependencies")]
    return {name for section in sections if isinstance(section, dict) for name in section}
