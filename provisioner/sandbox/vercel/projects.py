"""Projects: create with a linked repository, read, list, edit, pause, delete."""

import re

from provisioner.sandbox.dns_records import Record
from provisioner.sandbox.vercel import variables
from provisioner.sandbox.vercel.bodies import (
    CreateProject,
    EditProject,
    InitialVariable,
    NewVariable,
    ProjectSettings,
)
from provisioner.sandbox.vercel.calls import Answer, Call, Route, project_of, read
from provisioner.sandbox.vercel.domain_config import ADDRESSES
from provisioner.sandbox.vercel.domains import new_domain
from provisioner.sandbox.vercel.env import refuse_on_order, variable
from provisioner.sandbox.vercel.errors import bad_request, conflict
from provisioner.sandbox.vercel.hosts import cname_target, production_host
from provisioner.sandbox.vercel.limits import spend
from provisioner.sandbox.vercel.linking import link_to
from provisioner.sandbox.vercel.project_payloads import payload
from provisioner.sandbox.vercel.records import Account, Link, Project
from provisioner.sandbox.vercel.starting import deploy_linked
from provisioner.sandbox.vercel.store import Store

NAME = re.compile(r"(?!.*---)[a-z0-9._-]{1,100}")
NAME_RULE = (
    "Project names can be up to 100 characters long and must be lowercase. They can include "
    "letters, digits, and the following characters: '.', '_', '-'. However, they cannot contain "
    "the sequence '---'."
)
MOST_PROJECTS = {"hobby": 200, "pro": 100_000, "enterprise": 100_000}


def create(store: Store, call: Call) -> Answer:
    body = read(CreateProject, call.body)
    _check_name(store, call.account, body.name)
    spend(store, call.account, "projects")
    _check_count(store, call.account)
    link = link_to(store, call.account, body.git_repository.repo) if body.git_repository else None
    project = _new(store, call.account, body, link)
    for initial in body.environment_variables:
        _put(store, project, initial)
    store.projects[project.id] = project
    if link is not None and store.behaviour.deploys_on_creation:
        deploy_linked(store, project, link, "import")
    return 200, payload(store, project)


def _check_name(store: Store, account: Account, name: str) -> None:
    if not NAME.fullmatch(name):
        raise bad_request(NAME_RULE)
    if any(one.name == name for one in store.projects_of(account)):
        raise conflict(f'Project "{name}" already exists, please use a new name.')


def _check_count(store: Store, account: Account) -> None:
    most = store.behaviour.max_projects
    most = MOST_PROJECTS[account.plan] if most is None else most
    if len(store.projects_of(account)) >= most:
        message = f"You have reached the limit of {most} projects."
        raise bad_request(message, "too_many_projects")


def _new(store: Store, account: Account, body: CreateProject, link: Link | None) -> Project:
    now, project_id = store.stamp(), store.world.token("prj_", 28)
    project = Project(
        id=project_id,
        account=account,
        name=body.name,
        production_host=production_host(store, body.name),
        cname=cname_target(project_id),
        created=now,
        updated=now,
        link=link,
        protection=store.behaviour.default_protection,
    )
    _apply(project, body)
    project.domains[project.production_host] = new_domain(store, project.production_host)
    names = (project.cname, project.production_host)
    store.dns.set_host_records([Record("A", name, ip) for name in names for ip in ADDRESSES])
    return project


def _apply(project: Project, body: ProjectSettings) -> None:
    """Take over what the body says; what it leaves out stays."""
    said = body.model_fields_set & set(ProjectSettings.model_fields)
    if "sso_protection" in said:
        protection = body.sso_protection
        project.protection = protection.deployment_type if protection else None
    settings = body.model_dump(by_alias=True, include=said - {"sso_protection", "resource_config"})
    project.settings |= settings


def _put(store: Store, project: Project, initial: InitialVariable) -> None:
    target = [initial.target] if isinstance(initial.target, str) else initial.target
    body = NewVariable(
        key=initial.key,
        value=initial.value,
        type=initial.type,
        target=target,
        gitBranch=initial.git_branch,
    )
    wanted = variable(store, body)
    try:
        refuse_on_order(store, wanted)
        variables.put(project, wanted, upsert=False)
    except variables.Refused as error:
        raise error.as_api_error() from None


def get(store: Store, call: Call) -> Answer:
    return 200, payload(store, project_of(store, call))


def list_projects(store: Store, call: Call) -> Answer:
    """Newest first; pass `pagination.next` back as `from` for the next page."""
    fitting = [one for one in store.projects_of(call.account) if _fits(one, call)]
    page, pagination = call.page(fitting, before="from")
    return 200, {"projects": [payload(store, one) for one in page], "pagination": pagination}


def _fits(project: Project, call: Call) -> bool:
    link, args = project.link, call.args
    repository = f"{link.org}/{link.repo}".lower() if link else None
    url = args.get("repoUrl", "").removesuffix(".git").removeprefix("https://github.com/")
    return (
        args.get("search", "") in project.name
        and args.get("repoId") in {None, str(link.repository_id) if link else ""}
        and (not args.get("repo") or _same(args["repo"], repository))
        and (not url or url.lower() == repository)
    )


def _same(wanted: str, repository: str | None) -> bool:
    """`repo` may be given with or without its owner."""
    return repository is not None and wanted.lower() in {repository, repository.split("/")[1]}


def edit(store: Store, call: Call) -> Answer:
    project = project_of(store, call, changes=True)
    body = read(EditProject, call.body)
    if body.name is not None and body.name != project.name:
        _check_name(store, call.account, body.name)
        project.name = body.name
    _apply(project, body)
    project.updated = store.stamp()
    return 200, payload(store, project)


def delete(store: Store, call: Call) -> Answer:
    """The project with its variables, deployments and domains."""
    project = project_of(store, call, changes=True)
    del store.projects[project.id]
    for deployment in store.deployments_of(project):
        del store.deployments[deployment.id]
    return 204, None


def pause(store: Store, call: Call) -> Answer:
    project_of(store, call, changes=True).paused = True
    return 200, None


def unpause(store: Store, call: Call) -> Answer:
    project_of(store, call, changes=True).paused = False
    return 200, None


ROUTES = (
    Route("POST", "/v11/projects", create),
    Route("GET", "/v10/projects", list_projects),
    Route("GET", "/v9/projects/<project>", get),
    Route("PATCH", "/v9/projects/<project>", edit),
    Route("DELETE", "/v9/projects/<project>", delete),
    Route("POST", "/v1/projects/<project>/pause", pause),
    Route("POST", "/v1/projects/<project>/unpause", unpause),
)
