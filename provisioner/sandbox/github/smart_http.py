"""Git over HTTP: clone, fetch and push, at `/<owner>/<repository>.git`.

Everybody may read what is public; a push needs a token that may write, as the
password of HTTP's basic authentication. See git-scm.com/docs/http-protocol.
"""

import base64
import binascii
import re
from typing import cast

from dulwich.server import BackendRepo, DictBackend
from dulwich.web import GunzipFilter, HTTPGitApplication

from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.records import Permission, Repository
from provisioner.sandbox.github.state import GitHubWorld
from provisioner.sandbox.world import Push
from provisioner.sandbox.wsgi import call

PATH = re.compile(r"^/([^/]+/[^/]+?)(\.git)?/(info/refs|git-upload-pack|git-receive-pack)$")
SIGN_IN = (("WWW-Authenticate", 'Basic realm="GitHub"'), ("Content-Type", "text/plain"))


def is_git(request: Request) -> bool:
    return PATH.match(request.path) is not None


class GitService:
    """Serves the repositories of a stand-in; call it while holding the world's lock."""

    def __init__(self, github: GitHubWorld, port: int) -> None:
        self._github = github
        self._port = port

    def respond(self, request: Request) -> Answer:
        match = PATH.match(request.path)
        name = match[1] if match else ""
        found = self._github.repositories.find(name) or self._github.repositories.moved(name)
        actor = self._actor(request)
        if found is None or not self._may(actor, found, "read"):
            return Answer(404 if actor else 401, SIGN_IN, b"Repository not found.\n")
        if _is_push(request) and not self._may(actor, found, "write"):
            return Answer(403 if actor else 401, SIGN_IN, b"Permission denied.\n")
        return self._serve(found, request)

    def _serve(self, repository: Repository, request: Request) -> Answer:
        """Run git's own protocol, and tell of the branches that it moved."""
        repositories = {"/repository": cast(BackendRepo, repository.git.repo)}
        backend = DictBackend(repositories)
        application = GunzipFilter(HTTPGitApplication(backend, dumb=False))
        match = PATH.match(request.path)
        inner = Request(
            request.method,
            f"/repository/{match[3] if match else ''}",
            request.query,
            request.headers,
            request.body,
        )
        before = repository.git.branches()
        answer = call(application, inner, self._port)
        self._tell(repository, before)
        return answer

    def _tell(self, repository: Repository, before: dict[str, str]) -> None:
        after = repository.git.branches()
        for branch in sorted(before.keys() | after.keys()):
            old, new = before.get(branch), after.get(branch)
            if old != new:
                self._github.repositories.moved_by_git(Push(repository.id, branch, old, new))

    def _actor(self, request: Request) -> Actor | None:
        header = request.headers.get("authorization", "")
        scheme, _, value = header.partition(" ")
        if scheme.lower() != "basic":
            return self._github.accounts.actor(header)
        try:
            password = base64.b64decode(value).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return None
        return self._github.accounts.actor_of_token(password)

    def _may(self, actor: Actor | None, repository: Repository, needed: Permission) -> bool:
        if actor is None:
            return needed == "read" and not repository.private
        if needed == "write" and actor.makes_copies and self._github.token_scopes is None:
            return False  # fine-grained, with Contents to read
        return self._github.access.may(actor, repository, needed)


def _is_push(request: Request) -> bool:
    return "git-receive-pack" in request.path or "git-receive-pack" in request.query
