"""Rules of one hub file against the catalog. Pure; shows no value of a variable.

Each rule takes what could be understood of the file and passes over the rest,
so that all findings are there at once.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from provisioner.desired.catalog import Catalog
from provisioner.desired.finding import finding_of
from provisioner.desired.read.marks import Mark
from provisioner.desired.rules.domains import domain_findings
from provisioner.desired.rules.view import SeenApp, SeenHub
from provisioner.desired.wording.advice import Advice, Place
from provisioner.desired.wording.words import counted, listing, nearest, shown
from provisioner.models.catalog import CatalogApp, DomainRule, VariableRule
from provisioner.models.finding import Finding
from provisioner.models.hub import MAX_APPS, MAX_VARIABLES


def catalog_findings(hub: SeenHub, catalog: Catalog) -> Iterator[Finding]:
    """What the catalog says against one hub file: of no more than a file may have at all."""
    yield from _too_many_apps(hub, catalog)
    yield from domain_findings(hub)
    for app in hub.apps[:MAX_APPS]:
        entry = catalog.entries.get(app.app or "")
        if entry is None:
            yield from _unknown_app(hub, app, catalog)
            continue
        for rule in _APP_RULES:
            yield from rule(hub, app, entry.app)


def _too_many_apps(hub: SeenHub, catalog: Catalog) -> Iterator[Finding]:
    limit = catalog.network.limits.apps_per_hub
    if len(hub.apps) > limit:
        who = listing(catalog.network.maintainers, "or")
        advice = Advice(
            "too-many-apps",
            f"this hub asks for {counted(len(hub.apps), 'app')}; the network allows {limit}",
            f"remove {len(hub.apps) - limit}, or ask {who} to raise the limit",
        )
        yield hub.document.finding_at_key(hub.apps[limit].pointer, advice)


def _unknown_app(hub: SeenHub, app: SeenApp, catalog: Catalog) -> Iterator[Finding]:
    if app.app is None:
        return
    meant = nearest(app.app, catalog.entries)
    advice = Advice(
        "unknown-app",
        f"the catalog has no app {shown(app.app)}",
        f"did you mean `{meant}`?" if meant else f"choose {listing(catalog.entries, 'or')}",
    )
    yield hub.document.finding_at_value(f"{app.pointer}/app", advice)


def _domain_rule(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    pointer = f"{app.pointer}/domains"
    if entry.domains is DomainRule.REQUIRED and app.domains_readable and not app.domains:
        advice = Advice(
            "missing-domain",
            f"{shown(app.id)} needs at least one domain of its own",
            "add a line such as `domains: [docs.example.org]`",
        )
        yield finding_of(advice, _group_mark(hub, app, pointer), app.pointer)
    if entry.domains is DomainRule.NONE and app.domains:
        advice = Advice(
            "domain-not-allowed",
            f"{shown(app.id)} is an app ({shown(entry.title).strip('`')}) that has no domains",
            "remove the `domains` of this app",
        )
        yield hub.document.finding_at_key(pointer, advice)


def _group_mark(hub: SeenHub, app: SeenApp, group: str) -> Mark:
    """Where something is missing: at the group's key, or at the app's if it has no such group."""
    return hub.document.key_mark(group if group in hub.document.keys else app.pointer)


def _missing_variables(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    if app.env is None:
        return
    mark = _group_mark(hub, app, f"{app.pointer}/env")
    unknown = (name for name in app.env if name not in entry.env)
    misspelt = {nearest(name, entry.env) for name in islice(unknown, MAX_VARIABLES)}
    for name, rule in entry.env.items():
        if not rule.required or name in misspelt or app.env.get(name, "") != "":
            continue
        hint = _how_to_add(app.place(hub.id, name), name, rule)
        if name in app.env:
            message = f"`{name}` is empty, and {shown(app.id)} does not work without it"
            advice = Advice("missing-variable", message, hint)
            yield hub.document.finding_at_value(app.variable(name), advice)
        else:
            message = f"{shown(app.id)} does not work without the variable `{name}`"
            yield finding_of(Advice("missing-variable", message, hint), mark, app.pointer)


def _how_to_add(place: Place, name: str, rule: VariableRule) -> str:
    example = f'{name}: {{sealed: "v1.…"}}' if rule.secret else f"{name}: …"
    hint = f"add `{example}` below `env:` ({rule.description.rstrip('.')})"
    return f"{hint}; make it with `{place.seal_command}`" if rule.secret else hint


def _unknown_variables(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    for name in islice(app.env or (), MAX_VARIABLES):
        if name not in entry.env and app.variable(name) not in hub.document.unclear:
            meant = nearest(name, entry.env)
            known = f"it knows {listing(entry.env)}" if entry.env else "it has none"
            advice = Advice(
                "unknown-variable",
                f"{shown(name)} is no variable of the app {shown(app.app or '')}",
                f"did you mean `{meant}`?" if meant else f"remove it; {known}",
            )
            yield hub.document.finding_at_key(app.variable(name), advice)


def _placeholders(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    """Dots that stand for a value, as in a hint of ours or in a guide."""
    for name, rule in entry.env.items():
        if not rule.secret and (app.env or {}).get(name) in _DOTS:
            advice = Advice(
                "placeholder",
                f"`{name}` holds no value yet",
                f"write the value in place of the dots ({rule.description.rstrip('.')})",
            )
            yield hub.document.finding_at_value(app.variable(name), advice)


_DOTS = ("…", "...")


_APP_RULES: tuple[Callable[[SeenHub, SeenApp, CatalogApp], Iterator[Finding]], ...] = (
    _domain_rule,
    _missing_variables,
    _unknown_variables,
    _placeholders,
)
