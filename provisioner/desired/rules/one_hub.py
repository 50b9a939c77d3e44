"""Rules of one hub file against the catalog. Pure; shows no value of a variable.

Each rule takes what could be understood of the file and passes over the rest,
so that all findings are there at once.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from provisioner.desired.catalog import Catalog
from provisioner.desired.read.marks import Mark
from provisioner.desired.rules.domains import domain_findings
from provisioner.desired.rules.view import SeenApp, SeenHub
from provisioner.desired.wording.words import counted, listing, nearest, shown
from provisioner.models.catalog import CatalogApp, DomainRule
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
        first_beyond = hub.apps[limit].pointer
        who = listing(catalog.network.maintainers, "or")
        yield _finding(
            "too-many-apps",
            f"this hub asks for {counted(len(hub.apps), 'app')}; the network allows {limit}",
            f"remove {len(hub.apps) - limit}, or ask {who} to raise the limit",
            hub.document.key_mark(first_beyond),
            first_beyond,
        )


def _unknown_app(hub: SeenHub, app: SeenApp, catalog: Catalog) -> Iterator[Finding]:
    if app.app is None:
        return
    meant = nearest(app.app, catalog.entries)
    pointer = f"{app.pointer}/app"
    yield _finding(
        "unknown-app",
        f"the catalog has no app {shown(app.app)}",
        f"did you mean `{meant}`?" if meant else f"choose {listing(catalog.entries, 'or')}",
        hub.document.value_mark(pointer),
        pointer,
    )


def _domain_rule(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    pointer = f"{app.pointer}/domains"
    if entry.domains is DomainRule.REQUIRED and app.domains_readable and not app.domains:
        yield _finding(
            "missing-domain",
            f"{shown(app.id)} needs at least one domain of its own",
            "add a line such as `domains: [docs.example.org]`",
            hub.document.key_mark(pointer if pointer in hub.document.keys else app.pointer),
            app.pointer,
        )
    if entry.domains is DomainRule.NONE and app.domains:
        yield _finding(
            "domain-not-allowed",
            f"{shown(app.id)} is an app ({shown(entry.title).strip('`')}) that has no domains",
            "remove the `domains` of this app",
            hub.document.key_mark(pointer),
            pointer,
        )


def _missing_variables(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    if app.env is None:
        return
    around = f"{app.pointer}/env"
    mark = hub.document.key_mark(around if around in hub.document.keys else app.pointer)
    unknown = (name for name in app.env if name not in entry.env)
    misspelt = {nearest(name, entry.env) for name in islice(unknown, MAX_VARIABLES)}
    for name, rule in entry.env.items():
        value = app.env.get(name)
        if not rule.required or name in misspelt or (name in app.env and value != ""):
            continue
        example = f'{name}: {{sealed: "v1.…"}}' if rule.secret else f"{name}: …"
        hint = f"add `{example}` below `env:` ({rule.description.rstrip('.')})"
        if rule.secret:
            hint += f"; make it with `{app.place(hub.id, name).seal_command}`"
        is_empty = name in app.env
        yield _finding(
            "missing-variable",
            f"`{name}` is empty, and {shown(app.id)} does not work without it"
            if is_empty
            else f"{shown(app.id)} does not work without the variable `{name}`",
            hint,
            hub.document.value_mark(app.variable(name)) if is_empty else mark,
            app.variable(name) if is_empty else app.pointer,
        )


def _unknown_variables(hub: SeenHub, app: SeenApp, entry: CatalogApp) -> Iterator[Finding]:
    for name in islice(app.env or (), MAX_VARIABLES):
        if name not in entry.env and app.variable(name) not in hub.document.unclear:
            meant = nearest(name, entry.env)
            known = f"it knows {listing(entry.env)}" if entry.env else "it has none"
            yield _finding(
                "unknown-variable",
                f"{shown(name)} is no variable of the app {shown(app.app or '')}",
                f"did you mean `{meant}`?" if meant else f"remove it; {known}",
                hub.document.key_mark(app.variable(name)),
                app.variable(name),
            )


_APP_RULES: tuple[Callable[[SeenHub, SeenApp, CatalogApp], Iterator[Finding]], ...] = (
    _domain_rule,
    _missing_variables,
    _unknown_variables,
)


def _finding(code: str, message: str, hint: str, mark: Mark, pointer: str) -> Finding:
    return Finding(
        code=code,
        message=message,
        hint=hint,
        line=mark.line,
        column=mark.column,
        pointer=pointer,
    )
