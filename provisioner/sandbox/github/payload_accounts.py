"""Accounts as GitHub's API shows them (docs.github.com: rest/users, rest/orgs). Pure functions."""

from urllib.parse import quote

from provisioner.sandbox.github.accounts import USER_LOGIN
from provisioner.sandbox.github.payload_basics import Payload, links, node_id, time_of
from provisioner.sandbox.github.records import Account
from provisioner.sandbox.github.state import GitHubWorld

_PREFIXES = {"User": "U", "Organization": "O", "Bot": "BOT"}
_USER_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
_ORGANIZATION_LINKS = {
    "url": "",
    "repos_url": "/repos",
    "events_url": "/events",
    "hooks_url": "/hooks",
    "issues_url": "/issues",
    "members_url": "/members{/member}",
    "public_members_url": "/public_members{/member}",
}


def simple_user(github: GitHubWorld, account: Account) -> Payload:
    """Any account as it stands within other answers."""
    url = f"{github.url}/users/{quote(account.login)}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id(_PREFIXES[account.type], account.id),
        "avatar_url": f"{github.url}/avatars/u/{account.id}?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{github.url}/{_page(account)}",
        **links(url, _USER_LINKS),
        "type": account.type,
        "user_view_type": "public",
        "site_admin": False,
    }


def _page(account: Account) -> str:
    return account.login if account.type != "Bot" else f"apps/{account.login.removesuffix('[bot]')}"


def public_user(github: GitHubWorld, account: Account) -> Payload:
    created = time_of(account.created_at)
    own = github.repositories.of(account)
    return {
        **simple_user(github, account),
        "name": None,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "twitter_username": None,
        "public_repos": sum(not one.private for one in own),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": created,
        "updated_at": created,
    }


def private_user(github: GitHubWorld, account: Account) -> Payload:
    """The token's own account."""
    private = sum(one.private for one in github.repositories.of(account))
    return {
        **public_user(github, account),
        "private_gists": 0,
        "total_private_repos": private,
        "owned_private_repos": private,
        "disk_usage": 0,
        "collaborators": 0,
        "two_factor_authentication": True,
        "plan": {"name": "free", "space": 976562499, "collaborators": 0, "private_repos": 10000},
    }


def organization_simple(github: GitHubWorld, account: Account) -> Payload:
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id("O", account.id),
        **links(f"{github.url}/orgs/{account.login}", _ORGANIZATION_LINKS),
        "avatar_url": f"{github.url}/avatars/u/{account.id}?v=4",
        "description": "",
    }


def organization(github: GitHubWorld, account: Account) -> Payload:
    """An organisation; members are told more than others."""
    created = time_of(account.created_at)
    own = github.repositories.of(account)
    shown = {
        **organization_simple(github, account),
        "is_verified": False,
        "has_organization_projects": True,
        "has_repository_projects": True,
        "public_repos": sum(not one.private for one in own),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "html_url": f"{github.url}/{account.login}",
        "type": "Organization",
        "created_at": created,
        "updated_at": created,
        "archived_at": None,
    }
    return {**shown, **_for_members(account)} if USER_LOGIN in account.members else shown


def _for_members(account: Account) -> Payload:
    return {
        "default_repository_permission": "read",
        "members_can_create_repositories": account.open_to_members,
        "members_can_create_public_repositories": account.open_to_members,
        "members_can_create_private_repositories": account.open_to_members,
        "members_can_fork_private_repositories": account.forks_of_private,
        "two_factor_requirement_enabled": False,
    }


def membership(github: GitHubWorld, organization: Account, member: Account) -> Payload:
    url = f"{github.url}/orgs/{organization.login}"
    return {
        "url": f"{url}/memberships/{member.login}",
        "state": "active",
        "role": organization.members[member.login],
        "organization_url": url,
        "organization": organization_simple(github, organization),
        "user": simple_user(github, member),
    }
