"""The control endpoint of the host's stand-in: its behaviour, set from outside.

`POST /_sandbox/vercel` takes a JSON object with any fields of `Behaviour`;
each replaces the present value, the others stay. `GET` shows them all. Both
answer `{"behaviour": {…}}`. A field that is unknown or wrong is a 400,
`{"error": "…"}`, and changes nothing. Some examples:

    {"teams": {"small-hub": {"plan": "hobby"}}, "open_teams": false}
    {"blind_to": ["nairobi-commons"]}
    {"next_deployments": [{"project": "*", "state": "ERROR", "log": ["npm ERR! missing script"]}]}
    {"limits": [{"operation": "deployments", "total": 2, "window": 3600}]}
    {"apex_owned_elsewhere": ["example.org"], "config_errors": ["timeout"]}
"""

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError

from provisioner.sandbox.vercel.behaviour import Behaviour
from provisioner.sandbox.vercel.state import VercelWorld

PATH = "/_sandbox/vercel"


def control_blueprint(vercel: VercelWorld) -> Blueprint:
    control = Blueprint("vercel_control", __name__)

    @control.get(PATH)
    def show() -> Response:
        with vercel.world.lock:
            return jsonify(behaviour=vercel.behaviour.model_dump())

    @control.post(PATH)
    def change() -> Response:
        with vercel.world.lock:
            try:
                fields = request.get_json(force=True, silent=True)
                vercel.behaviour = changed(vercel.behaviour, fields)
            except ValueError as error:
                response = jsonify(error=str(error))
                response.status_code = 400
                return response
        return show()

    return control


def changed(behaviour: Behaviour, fields: object) -> Behaviour:
    """A behaviour with some fields set anew; ValueError says what is wrong with them."""
    if not isinstance(fields, dict):
        raise ValueError("send a JSON object with fields of the behaviour")
    try:
        return Behaviour.model_validate({**behaviour.model_dump(), **fields})
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise ValueError(f"`{where}`: {fault['msg']}") from None
