"""`/_sandbox/`: `Control` over HTTP, for tests in other processes and curious users.

Everything takes and answers JSON: what there is to tell, or `{"ok": true}`. What
cannot be done is a 400, `{"error": "…"}`.

    GET  world            everything that exists
    GET  requests         every request: api, method, path, query, status, time, fault, token (the
                          variable that holds it)
    GET  maintainer-token a GitHub token of a person who administers the network's repository
    GET  contract         exchanges held to the API descriptions, and violations
    GET  environment      every variable that a process needs to work against this sandbox
    GET  faults, POST faults, DELETE faults            see `faults`
    POST dns, DELETE dns                 [{"type", "name", "value"}, …]
    GET  vercel, POST vercel             see `vercel.control`
    POST pull-requests                   {"title", "author", "files": {path: text or null},
                                          "from": "fork" or "branch", "branch"?, "body"?,
                                          "check"?: how the check run ends}
    POST pull-requests/N/commits         {"files", "message"?, "check"?}
    POST pull-requests/N/merge           {"method"?: "merge", "squash" or "rebase", "merger"?}
    POST pull-requests/N/close           {"by"?}
    POST pull-requests/N/comments        {"author", "body"}
    POST pushes                          {"files", "repository"?, "branch"?, "message"?, "author"?}
    POST dispatches                      {"workflow", "inputs"?, "sender"?}
    POST repository-dispatches           {"action", "payload"?, "sender"?}
    POST accounts, repositories, renames, protection, environments, runs, behaviour
                                         see the classes in `github.orders`
    DELETE repositories/OWNER/NAME       delete a repository

Opening, adding to, merging and closing a pull request, a push and a dispatch
answer with `events`: the payloads that GitHub would hand to Actions.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from provisioner.sandbox.control import Control
from provisioner.sandbox.github.orders import (
    CloseOrder,
    CommentOrder,
    CommitOrder,
    DispatchOrder,
    MergeOrder,
    Order,
    PullRequestOrder,
    PushOrder,
    RenameOrder,
    RepositoryDispatchOrder,
    read_order,
)
from provisioner.sandbox.github.people import ControlError

Json = Any


def control_api(control: Control, environment: Mapping[str, str]) -> Blueprint:
    """Every endpoint but the host's own (`vercel.control`)."""
    api = Blueprint("control", __name__, url_prefix="/_sandbox")

    def endpoint(method: str, path: str, act: Callable[..., Json]) -> None:
        def view(**parts: Any) -> Response:
            answer = act(**parts)
            return jsonify({"ok": True} if answer is None else answer)

        api.add_url_rule(path, f"{method} {path}", view, methods=[method])

    _look(endpoint, control, environment)
    _order(endpoint, control)
    _people(endpoint, control)
    _settings(endpoint, control)
    api.register_error_handler(ControlError, _refused)
    return api


Endpoint = Callable[[str, str, Callable[..., Json]], None]


def _look(endpoint: Endpoint, control: Control, environment: Mapping[str, str]) -> None:
    endpoint("GET", "/world", control.world)
    endpoint("GET", "/requests", lambda: [one.as_json() for one in control.requests()])
    endpoint("GET", "/maintainer-token", lambda: {"token": control.maintainer_token()})
    endpoint("GET", "/contract", control.contract)
    endpoint("GET", "/environment", lambda: dict(environment))


def _order(endpoint: Endpoint, control: Control) -> None:
    endpoint("GET", "/faults", control.faults)
    endpoint("POST", "/faults", lambda: control.add_faults(_body()))
    endpoint("DELETE", "/faults", control.clear_faults)
    endpoint("POST", "/dns", lambda: control.set_dns(_records()))
    endpoint("DELETE", "/dns", lambda: control.remove_dns(_records()))


def _people(endpoint: Endpoint, control: Control) -> None:
    pulls = "/pull-requests"
    endpoint("POST", pulls, lambda: control.open_pull_request(**_order_of(PullRequestOrder)))
    endpoint(
        "POST",
        f"{pulls}/<int:number>/commits",
        lambda number: control.push_to_pull_request(number, **_order_of(CommitOrder)),
    )
    endpoint(
        "POST",
        f"{pulls}/<int:number>/merge",
        lambda number: control.merge_pull_request(number, **_order_of(MergeOrder)),
    )
    endpoint(
        "POST",
        f"{pulls}/<int:number>/close",
        lambda number: control.close_pull_request(number, **_order_of(CloseOrder)),
    )
    endpoint(
        "POST",
        f"{pulls}/<int:number>/comments",
        lambda number: control.comment(number, **_order_of(CommentOrder)),
    )
    endpoint("POST", "/pushes", lambda: control.push(**_order_of(PushOrder)))
    endpoint("POST", "/dispatches", lambda: control.dispatch(**_order_of(DispatchOrder)))
    endpoint(
        "POST",
        "/repository-dispatches",
        lambda: control.repository_dispatch(**_order_of(RepositoryDispatchOrder)),
    )


def _settings(endpoint: Endpoint, control: Control) -> None:
    endpoint("POST", "/accounts", lambda: _void(control.set_account(**_fields())))
    endpoint("POST", "/repositories", lambda: _void(control.set_repository(**_fields())))
    endpoint(
        "DELETE",
        "/repositories/<path:full_name>",
        control.delete_repository,
    )
    endpoint("POST", "/renames", lambda: control.rename_repository(**_order_of(RenameOrder)))
    endpoint("POST", "/protection", lambda: control.set_protection(**_fields()))
    endpoint("POST", "/environments", lambda: control.set_environment(**_fields()))
    endpoint("POST", "/runs", lambda: {"id": control.add_run(**_fields())})
    endpoint("POST", "/behaviour", lambda: control.set_behaviour(**_fields()))


def _body() -> Json:
    body = request.get_json(silent=True, force=True)
    if body is None:
        raise ControlError("send JSON")
    return body


def _records() -> list[Json]:
    body = _body()
    return body if isinstance(body, list) else [body]


def _fields() -> dict[str, Any]:
    body = _body()
    if not isinstance(body, dict):
        raise ControlError("send a JSON object")
    return body


def _order_of(form: type[Order]) -> dict[str, Any]:
    """The fields of an order; no body is an empty one."""
    order = read_order(form, request.get_json(silent=True, force=True) or {})
    return {name: getattr(order, name) for name in form.model_fields}


def _void(_: object) -> None:
    """What is of use in process only."""


def _refused(error: ControlError) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400
