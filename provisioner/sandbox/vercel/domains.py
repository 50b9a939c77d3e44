"""Domains of a project: attach, read, list, edit, detach, verify, move.

A domain can be attached only after a production deployment has succeeded.
That ownership is not proved yet is said on a 200, by `verified: false`.
"""

from typing import Any

from provisioner.sandbox.vercel import ownership
from provisioner.sandbox.vercel.bodies import EditDomain, NewDomain, RemoveDomain
from provisioner.sandbox.vercel.builds import latest_production, progress
from provisioner.sandbox.vercel.calls import Answer, Call, Route, project_of, read
from provisioner.sandbox.vercel.domain_names import apex_of, checked
from provisioner.sandbox.vercel.errors import ApiError, bad_request, conflict
from provisioner.sandbox.vercel.hosts import SUFFIX
from provisioner.sandbox.vercel.limits import spend
from provisioner.sandbox.vercel.records import Project, ProjectDomain
from provisioner.sandbox.vercel.store import Store

HOBBY_DOMAINS = 50


def add_domain(store: Store, call: Call) -> Answer:
    project = project_of(store, call, changes=True)
    body = read(NewDomain, call.body)
    name = checked(body.name)
    spend(store, call.account, "domains")
    _check_allowed(store, project, name)
    domain = new_domain(store, name)
    if ownership.must_be_proved(store, call.account, name):
        domain.verified, domain.challenge = False, ownership.new_challenge(store, name)
    domain.git_branch = body.git_branch
    _redirect(project, domain, body.redirect, body.redirect_status_code)
    project.domains[name] = domain
    return 200, payload(project, domain)


def _check_allowed(store: Store, project: Project, name: str) -> None:
    if name in store.behaviour.not_allowed:
        raise ApiError(403, "forbidden", f"You don't have access to the domain {name}.")
    if name in project.domains:
        message = f"Cannot add {name} since it's already assigned to this project."
        raise bad_request(message, store.behaviour.already_added_code)
    _check_held(store, project, name)
    _check_deployed(store, project, name)
    if project.account.plan == "hobby" and len(project.domains) >= HOBBY_DOMAINS:
        message = f"A project on the Hobby plan can have at most {HOBBY_DOMAINS} domains."
        raise bad_request(message, "too_many_domains")


def _check_held(store: Store, project: Project, name: str) -> None:
    """409 for a name of another project; a name under the host's own domain is a 400 there."""
    holder = store.holder(name)
    if holder is None and name not in store.behaviour.held_elsewhere:
        return
    message = f"Cannot add {name} since it's already assigned to another project."
    if name.endswith(f".{SUFFIX}"):
        raise bad_request(message)
    if holder is not None and holder[0].account.id == project.account.id:
        about = {"name": name, "apexName": apex_of(name), "projectId": holder[0].id}
        raise conflict(message, "domain_already_in_use", projectId=project.id, domain=about)
    message = f"Cannot add {name} since it's already in use by another account."
    raise conflict(message, "domain_already_in_use", projectId=project.id)


def _check_deployed(store: Store, project: Project, name: str) -> None:
    latest = latest_production(store.deployments_of(project))
    if latest is None or progress(latest, store.world.clock.now()).state != "READY":
        raise bad_request(
            f'The domain "{name}" can not be added because the latest production deployment for '
            "this project was not successful."
        )


def new_domain(store: Store, name: str) -> ProjectDomain:
    now = store.stamp()
    return ProjectDomain(name=name, apex=apex_of(name), created=now, updated=now)


def _redirect(
    project: Project, domain: ProjectDomain, target: str | None, status: int | None
) -> None:
    if target is not None and (target not in project.domains or target == domain.name):
        raise bad_request("The redirect must lead to another domain of the project.")
    domain.redirect, domain.redirect_status = target, status if target else None


def list_domains(store: Store, call: Call) -> Answer:
    """Newest first unless `order=ASC`; pass `pagination.next` back as `until`."""
    project = project_of(store, call)
    fitting = [
        one
        for one in project.domains.values()
        if call.args.get("verified") in {None, str(one.verified).lower()}
        and (call.args.get("redirects") != "false" or one.redirect is None)
    ]
    page, pagination = call.page(fitting)
    return 200, {"domains": [payload(project, one) for one in page], "pagination": pagination}


def get_domain(store: Store, call: Call) -> Answer:
    project, domain = _named(store, call)
    return 200, payload(project, domain)


def _named(
    store: Store, call: Call, *, changes: bool = False, status: int = 404
) -> tuple[Project, ProjectDomain]:
    project = project_of(store, call, changes=changes)
    name = call.path["domain"].lower()
    domain = project.domains.get(name)
    if domain is None:
        message = f"The domain {name} is not assigned to the project {project.name}."
        raise ApiError(status, "not_found", message)
    return project, domain


def edit_domain(store: Store, call: Call) -> Answer:
    project, domain = _named(store, call, changes=True)
    spend(store, call.account, "domains")
    body = read(EditDomain, call.body)
    if "git_branch" in body.model_fields_set:
        domain.git_branch = body.git_branch
    if "redirect" in body.model_fields_set:
        _redirect(project, domain, body.redirect, body.redirect_status_code)
    domain.updated = store.stamp()
    return 200, payload(project, domain)


def remove_domain(store: Store, call: Call) -> Answer:
    """Detach. Domains that redirect to this one go too, or hinder it, as `removeRedirects` says."""
    project, domain = _named(store, call, changes=True)
    spend(store, call.account, "domains")
    body = read(RemoveDomain, call.body or {})
    redirects = [one.name for one in project.domains.values() if one.redirect == domain.name]
    if redirects and not body.remove_redirects:
        message = f"{domain.name} cannot be removed since {', '.join(redirects)} redirect to it."
        raise conflict(message, "domain_is_redirect")
    for name in (domain.name, *redirects):
        del project.domains[name]
    return 200, {}


def verify_domain(store: Store, call: Call) -> Answer:
    """200 once the proof stands in DNS; 400 while it does not, which is a state, not a failure."""
    project, domain = _named(store, call, changes=True, status=400)
    if not domain.verified:
        ownership.verify(store, domain)
    return 200, payload(project, domain)


def payload(project: Project, domain: ProjectDomain) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": domain.name,
        "apexName": domain.apex,
        "projectId": project.id,
        "redirect": domain.redirect,
        "redirectStatusCode": domain.redirect_status,
        "gitBranch": domain.git_branch,
        "customEnvironmentId": None,
        "updatedAt": domain.updated,
        "createdAt": domain.created,
        "verified": domain.verified,
    }
    return shown if domain.verified else {**shown, "verification": ownership.verification(domain)}


_ONE = "/v9/projects/<project>/domains/<domain>"
ROUTES = (
    Route("POST", "/v10/projects/<project>/domains", add_domain),
    Route("GET", "/v9/projects/<project>/domains", list_domains),
    Route("GET", _ONE, get_domain),
    Route("PATCH", _ONE, edit_domain),
    Route("DELETE", _ONE, remove_domain),
    Route("POST", f"{_ONE}/verify", verify_domain),
)
