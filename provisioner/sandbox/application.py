"""A Flask application of blueprints, whose routes are worked out once. Knows no API."""

from typing import Any

from flask import Blueprint, Flask
from flask.json.provider import DefaultJSONProvider
from flask.typing import RouteCallable
from werkzeug.routing import Map

from provisioner.sandbox.gate import UNROUTED

_ROUTES: dict[tuple[str, ...], Map] = {}
"""By the names of blueprints: every sandbox has the same, and they take most of its start."""


class _Unsorted(DefaultJSONProvider):
    sort_keys = False


class _App(Flask):
    """With `routes` that another one has made, it takes only the views for its own."""

    json_provider_class = _Unsorted

    def __init__(self, routes: Map | None) -> None:
        super().__init__(__name__, static_folder=None)
        self.config["PROPAGATE_EXCEPTIONS"] = True
        self.url_map.strict_slashes = False
        self._routed = routes is not None
        self.url_map = routes or self.url_map

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: RouteCallable | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        if not self._routed:
            super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
        elif endpoint is not None and view_func is not None:
            self.view_functions[endpoint] = view_func


def app(*blueprints: Blueprint) -> Flask:
    """Errors of the stand-ins go up to the gate; a path that leads nowhere is marked."""
    names = tuple(blueprint.name for blueprint in blueprints)
    made = _App(_ROUTES.get(names))
    for blueprint in blueprints:
        made.register_blueprint(blueprint)
    for status in (404, 405):
        made.register_error_handler(status, _unrouted)
    _ROUTES.setdefault(names, made.url_map)
    return made


def _unrouted(error: Any) -> tuple[dict[str, str], int, dict[str, str]]:
    return {"message": "Not Found"}, 404, {UNROUTED: str(error.code)}
