"""Environment variables of a project: list, create or replace, edit, remove.

Changes reach new deployments only. A 201 may carry refusals of single
variables in `failed`.
"""

from provisioner.sandbox.vercel import variables
from provisioner.sandbox.vercel.bodies import EditVariable, NewVariable
from provisioner.sandbox.vercel.calls import Answer, Call, Route, project_of, read
from provisioner.sandbox.vercel.errors import bad_request, not_found
from provisioner.sandbox.vercel.limits import spend
from provisioner.sandbox.vercel.records import Project, Variable
from provisioner.sandbox.vercel.store import Store
from provisioner.sandbox.vercel.variables import Refused


def list_variables(store: Store, call: Call) -> Answer:
    project = project_of(store, call)
    decrypt = call.args.get("decrypt") == "true"
    envs = [variables.payload(store, one, decrypt=decrypt) for one in reversed(project.variables)]
    return 200, {"envs": envs}


def create_variables(store: Store, call: Call) -> Answer:
    """One object or a list. With a list, what can be taken is taken and the rest is `failed`."""
    project = project_of(store, call, changes=True)
    spend(store, call.account, "env")
    upsert = call.args.get("upsert") == "true"
    wanted = [variable(store, read(NewVariable, one)) for one in _as_list(call.body)]
    created, refused = [], list[Refused]()
    for one in wanted:
        try:
            refuse_on_order(store, one)
            taken = variables.put(project, one, upsert=upsert)
            created.append(variables.payload(store, taken))
        except Refused as error:
            refused.append(error)
    failed = [{"error": one.error} for one in refused]
    if refused and not created:
        refusal = refused[0].as_api_error()
        refusal.beside = {"failed": failed}
        raise refusal
    project.updated = store.stamp()
    return 201, {
        "created": created if isinstance(call.body, list) else created[0],
        "failed": failed,
    }


def refuse_on_order(store: Store, wanted: Variable) -> None:
    """Raises the refusal that the behaviour has for a variable of this name."""
    code = store.behaviour.refused_variables.get(wanted.key)
    if code is not None:
        message = f"The variable {wanted.key}={wanted.value} could not be set."
        raise Refused(code, message, wanted, value=wanted.value)


def _as_list(body: object) -> list[object]:
    bodies = body if isinstance(body, list) else [body]
    if not bodies:
        raise bad_request("Invalid request: should NOT have fewer than 1 items.")
    return bodies


def variable(store: Store, body: NewVariable) -> Variable:
    if not body.target and not body.custom_environment_ids:
        raise bad_request("Invalid request: missing required property `target`.")
    now = store.stamp()
    return Variable(
        id=store.world.token("", 16),
        key=body.key,
        value=body.value,
        type=body.type,
        target=list(dict.fromkeys(body.target)),
        git_branch=body.git_branch,
        comment=body.comment,
        created=now,
        updated=now,
    )


def edit_variable(store: Store, call: Call) -> Answer:
    project = project_of(store, call, changes=True)
    spend(store, call.account, "env")
    old = _named(project, call)
    body = read(EditVariable, call.body)
    if old.type == "sensitive" and body.type not in {None, "sensitive"}:
        raise bad_request("You cannot change the type of a Sensitive Environment Variable.")
    changes = body.model_dump(exclude_none=True, exclude={"custom_environment_ids"})
    if "git_branch" in body.model_fields_set:
        changes["git_branch"] = body.git_branch
    new = Variable(**{**vars(old), **changes, "updated": store.stamp()})
    project.variables.remove(old)
    try:
        return 200, variables.payload(store, variables.put(project, new, upsert=False))
    except Refused as error:
        project.variables.append(old)
        raise error.as_api_error() from None


def remove_variable(store: Store, call: Call) -> Answer:
    project = project_of(store, call, changes=True)
    gone = _named(project, call)
    project.variables.remove(gone)
    return 200, variables.payload(store, gone)


def _named(project: Project, call: Call) -> Variable:
    for one in project.variables:
        if one.id == call.path["variable"]:
            return one
    raise not_found("The Environment Variable couldn't be found.")


ROUTES = (
    Route("GET", "/v10/projects/<project>/env", list_variables),
    Route("POST", "/v10/projects/<project>/env", create_variables),
    Route("PATCH", "/v9/projects/<project>/env/<variable>", edit_variable),
    Route("DELETE", "/v9/projects/<project>/env/<variable>", remove_variable),
)
