"""The rules of environment variables, and what a deployment gets of them. Answers no request."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from provisioner.sandbox.vercel.errors import ApiError
from provisioner.sandbox.vercel.records import Project, Variable
from provisioner.sandbox.vercel.store import Store

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PROTECTED = {"production", "preview"}
MOST_BYTES = 64 * 1024
MOST_VARIABLES = 1000


class Refused(Exception):
    """One variable that was not taken: an item of `failed`."""

    def __init__(self, code: str, message: str, wanted: Variable, **extra: Any) -> None:
        super().__init__(message)
        self.error = {
            "code": code,
            "message": message,
            "key": wanted.key,
            "envVarKey": wanted.key,
            "target": wanted.target,
            **extra,
        }

    def as_api_error(self) -> ApiError:
        error = dict(self.error)
        code, message = error.pop("code"), error.pop("message")
        return ApiError(400, code, message, beside={"failed": [{"error": self.error}]}, **error)


def put(project: Project, wanted: Variable, *, upsert: bool) -> Variable:
    """Add a variable, or with `upsert` replace what conflicts with it; raises `Refused`.

    Two variables conflict when key and branch are the same and their targets overlap.
    """
    check(project, wanted)
    if project.account.forces_sensitive and PROTECTED & set(wanted.target):
        wanted.type = "sensitive"
    rivals = [one for one in project.variables if _conflicts(one, wanted)]
    if rivals and not upsert:
        raise _conflict(rivals[0], wanted)
    _check_room(project, wanted, rivals)
    if rivals:
        wanted.id, wanted.created = rivals[0].id, rivals[0].created
    project.variables = [one for one in project.variables if one not in rivals]
    project.variables.append(wanted)
    return wanted


def check(project: Project, wanted: Variable) -> None:
    """The rules that hold for a new variable and for an edited one."""
    if not KEY.fullmatch(wanted.key):
        message = (
            "The name contains invalid characters. Only letters, digits, and underscores are "
            "allowed. Furthermore, the name should not start with a digit."
        )
        raise Refused("BAD_REQUEST", message, wanted)
    sensitive = wanted.type == "sensitive" or (
        project.account.forces_sensitive and PROTECTED & set(wanted.target)
    )
    if sensitive and "development" in wanted.target:
        message = "You cannot set a Sensitive Environment Variable's target to development."
        raise Refused("BAD_REQUEST", message, wanted)


def _conflicts(one: Variable, wanted: Variable) -> bool:
    same = one.key == wanted.key and one.git_branch == wanted.git_branch
    return same and one.id != wanted.id and not set(one.target).isdisjoint(wanted.target)


def _conflict(rival: Variable, wanted: Variable) -> Refused:
    """The real host echoes the value too; whoever logs this body leaks a secret."""
    return Refused(
        "ENV_CONFLICT",
        f"A variable with the name `{wanted.key}` already exists for the target "
        f"{','.join(wanted.target)} on branch {wanted.git_branch or 'undefined'}",
        wanted,
        envVarId=rival.id,
        value=wanted.value,
        link="https://vercel.com/docs/environment-variables",
    )


def _check_room(project: Project, wanted: Variable, rivals: Sequence[Variable]) -> None:
    staying = [one for one in project.variables if one not in rivals]
    size = sum(len(one.key) + len(one.value.encode()) for one in (*staying, wanted))
    if size > MOST_BYTES or len(staying) >= MOST_VARIABLES:
        message = "The total size of your Environment Variables exceeds the allowed limit (64KB)."
        raise Refused("ENV_VALUES_LIMIT_EXCEEDED", message, wanted)


def environment(project: Project, target: str | None) -> dict[str, str]:
    """What a deployment for a target reads: the values as they are now."""
    wanted = target or "preview"
    return {
        one.key: one.value
        for one in project.variables
        if wanted in one.target and one.git_branch is None
    }


def shown_value(variable: Variable, *, decrypt: bool = False) -> str:
    """The value as an answer carries it: never a sensitive one, an encrypted one on demand."""
    if variable.type == "sensitive":
        return ""
    if variable.type == "plain" or decrypt:
        return variable.value
    return "eyJ2IjoidjIi" + hashlib.sha256(variable.value.encode()).hexdigest()


def payload(store: Store, variable: Variable, *, decrypt: bool = False) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": variable.id,
        "key": variable.key,
        "value": shown_value(variable, decrypt=decrypt),
        "type": variable.type,
        "target": variable.target,
        "configurationId": None,
        "comment": variable.comment,
        "createdAt": variable.created,
        "updatedAt": variable.updated,
        "createdBy": store.personal.id,
        "updatedBy": store.personal.id,
        "decrypted": variable.type == "plain" or (decrypt and variable.type != "sensitive"),
    }
    if variable.git_branch is not None:
        shown["gitBranch"] = variable.git_branch
    return shown
