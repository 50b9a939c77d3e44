"""The host's REST API over HTTP: routes, authentication and refusals as JSON."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from provisioner.sandbox.vercel import (
    accounts,
    build_log,
    connecting,
    deployments,
    domain_config,
    domains,
    env,
    projects,
)
from provisioner.sandbox.vercel.calls import Call, Route, account_of
from provisioner.sandbox.vercel.errors import ApiError, bad_request
from provisioner.sandbox.vercel.state import VercelWorld

ROUTES: tuple[Route, ...] = (
    *accounts.ROUTES,
    *projects.ROUTES,
    *connecting.ROUTES,
    *env.ROUTES,
    *deployments.ROUTES,
    *build_log.ROUTES,
    *domains.ROUTES,
    *domain_config.ROUTES,
)


def blueprint(vercel: VercelWorld) -> Blueprint:
    """Every operation; each runs under the world's lock."""
    api = Blueprint("vercel", __name__)
    for route in ROUTES:
        name = f"{route.method} {route.path}".replace(".", "_")
        api.add_url_rule(route.path, name, _view(vercel, route), methods=[route.method])
    return api


def _view(vercel: VercelWorld, route: Route) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        try:
            with vercel.world.lock:
                status, body = route.handler(vercel, _call(vercel, path))
        except ApiError as error:
            return _response(error.status, error.body(), error.headers)
        return _response(status, body)

    return view


def _call(vercel: VercelWorld, path: dict[str, str]) -> Call:
    args = request.args.to_dict()
    account = account_of(vercel, request.headers.get("Authorization", ""), args)
    return Call(account, args, _body(), path)


def _body() -> Any:
    """The JSON body; None where there is none."""
    raw = request.get_data()
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        raise bad_request("Invalid JSON", "invalid_json") from None


def _response(status: int, body: Any, headers: dict[str, str] | None = None) -> Response:
    text = "" if body is None else json.dumps(body)
    return Response(text, status, headers, mimetype="application/json")
