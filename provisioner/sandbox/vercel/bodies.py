"""Request bodies as the host's published API description allows them. No rule beyond their form."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Framework = Literal[
    "blitzjs", "nextjs", "gatsby", "remix", "react-router", "astro", "hexo", "eleventy",
    "docusaurus-2", "docusaurus", "preact", "solidstart-1", "solidstart", "dojo", "ember", "vue",
    "scully", "ionic-angular", "angular", "polymer", "svelte", "sveltekit", "sveltekit-1",
    "ionic-react", "create-react-app", "gridsome", "umijs", "sapper", "saber", "stencil",
    "nuxtjs", "redwoodjs", "hugo", "jekyll", "brunch", "middleman", "zola", "hydrogen", "vite",
    "vitepress", "vuepress", "parcel", "fastapi", "flask", "fasthtml", "sanity-v3", "sanity",
    "storybook", "nitro", "hono", "express", "h3", "nestjs", "fastify", "xmcp",
]  # fmt: skip
NodeVersion = Literal["24.x", "22.x", "20.x", "18.x", "16.x", "14.x", "12.x", "10.x"]
ProtectionType = Literal[
    "all", "preview", "prod_deployment_urls_and_all_previews", "all_except_custom_domains"
]
Environment = Literal["production", "preview", "development"]
VariableType = Literal["system", "secret", "encrypted", "plain", "sensitive"]
Command = Annotated[str, Field(max_length=256)]
Branch = Annotated[str, Field(max_length=250)]


class Body(BaseModel):
    """An object of a request; the API's names are the fields' in camel case."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class OpenBody(Body):
    """An object whose description does not forbid unknown properties."""

    model_config = ConfigDict(extra="ignore")


class Repository(OpenBody):
    repo: str
    type: Literal["github", "github-limited", "gitlab", "bitbucket"]


class Protection(OpenBody):
    deployment_type: ProtectionType


class InitialVariable(OpenBody):
    key: str
    value: str
    target: Environment | list[Environment]
    type: VariableType = "plain"
    git_branch: Branch | None = None


class BuildSettings(Body):
    """What project and deployment bodies share."""

    build_command: Command | None = None
    command_for_ignoring_build_step: Command | None = None
    dev_command: Command | None = None
    framework: Framework | None = None
    install_command: Command | None = None
    output_directory: Command | None = None
    root_directory: Command | None = None
    serverless_function_region: Annotated[str, Field(max_length=4)] | None = None
    skip_git_connect_during_link: bool = False


class ProjectSettings(BuildSettings):
    """What creating and editing a project share."""

    enable_preview_feedback: bool | None = None
    enable_production_feedback: bool | None = None
    preview_deployments_disabled: bool | None = None
    public_source: bool | None = None
    serverless_function_zero_config_failover: bool = False
    oidc_token_config: dict[str, Any] = {}
    enable_affected_projects_deployments: bool = False
    resource_config: dict[str, Any] = {}
    sso_protection: Protection | None = None


class CreateProject(ProjectSettings):
    name: Annotated[str, Field(max_length=100)]
    git_repository: Repository | None = None
    environment_variables: list[InitialVariable] = []


class EditProject(ProjectSettings):
    name: Annotated[str, Field(max_length=100)] | None = None
    auto_expose_system_envs: bool = True
    auto_assign_custom_domains: bool = True
    auto_assign_custom_domains_updated_by: str = ""
    customer_support_code_visibility: bool = False
    directory_listing: bool = False
    git_fork_protection: bool = True
    git_lfs: Annotated[bool, Field(alias="gitLFS")] = False
    node_version: NodeVersion = "22.x"
    skew_protection_boundary_at: int = 0
    skew_protection_max_age: int = 0
    source_files_outside_root_directory: bool = True
    static_ips: dict[str, Any] = {}
    password_protection: dict[str, Any] | None = None
    trusted_ips: dict[str, Any] | None = None
    options_allowlist: dict[str, Any] | None = None
    connect_configurations: list[dict[str, Any]] | None = None


class NewVariable(OpenBody):
    key: str
    value: str
    type: VariableType
    target: list[Environment] = []
    git_branch: Branch | None = None
    comment: Annotated[str, Field(max_length=500)] = ""
    custom_environment_ids: list[str] = []


class EditVariable(Body):
    key: str | None = None
    value: str | None = None
    type: VariableType | None = None
    target: list[Environment] | None = None
    git_branch: Branch | None = None
    comment: Annotated[str, Field(max_length=500)] | None = None
    custom_environment_ids: list[str] = []


class GitSourceBody(OpenBody):
    """`repoId`, or `org` and `repo`; which of them is judged where it is looked up."""

    type: Literal["github"]
    ref: str
    sha: str | None = None
    repo_id: int | str | None = None
    org: str | None = None
    repo: str | None = None


class DeploymentSettings(BuildSettings):
    node_version: NodeVersion | Literal["8.10.x"] = "22.x"
    source_files_outside_root_directory: bool = True


class CreateDeployment(Body):
    name: str
    project: str | None = None
    target: str | None = None
    git_source: GitSourceBody | None = None
    meta: dict[str, Annotated[str, Field(max_length=65_536)]] = {}
    project_settings: DeploymentSettings | None = None
    deployment_id: str | None = None
    files: list[dict[str, Any]] = []
    git_metadata: dict[str, Any] = {}
    monorepo_manager: str | None = None
    custom_environment_slug_or_id: str = ""
    with_latest_commit: bool = False


class NewDomain(OpenBody):
    name: str
    git_branch: Branch | None = None
    custom_environment_id: str | None = None
    redirect: str | None = None
    redirect_status_code: Literal[301, 302, 307, 308] | None = None


class EditDomain(OpenBody):
    git_branch: Branch | None = None
    redirect: str | None = None
    redirect_status_code: Literal[301, 302, 307, 308] | None = None


class RemoveDomain(OpenBody):
    remove_redirects: bool = False
