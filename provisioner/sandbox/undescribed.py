"""Operations that a service has although its published description lacks them, with sources.

The only place that adds to a description. What such an operation takes and
answers is told by likeness to one that is described, so that exchanges are
held to something that the service itself has published.
"""

from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Undescribed:
    """`method template` takes `body` and answers as `like`, a described (template, method), does.

    A described status of `like` is one of this operation too.
    """

    api: str
    method: str
    template: str
    like: tuple[str, str]
    source: str
    body: Schema = field(default_factory=dict)


_LINK = "/v9/projects/{idOrName}/link"
_CREATION = ("/v11/projects", "post")
_COMMAND_LINE = (
    "sent by the service's own command line (github.com/vercel/vercel: "
    "packages/cli/src/util/git/connect-git-provider.ts)"
)

UNDESCRIBED = (
    Undescribed(
        "vercel",
        "post",
        _LINK,
        _CREATION,
        _COMMAND_LINE,
        {
            "type": "object",
            "properties": {"type": {"type": "string"}, "repo": {"type": "string"}},
            "required": ["type", "repo"],
            "additionalProperties": False,
        },
    ),
    Undescribed("vercel", "delete", _LINK, _CREATION, _COMMAND_LINE),
)


def add_to(document: Schema, api: str) -> None:
    """Put an API's undescribed operations into its description, where it has what they are like."""
    paths = document["paths"]
    for one in UNDESCRIBED:
        template, method = one.like
        if one.api == api and template in paths:
            item = paths.setdefault(one.template, {})
            item.setdefault(one.method, _operation(one, paths[template][method]))


def _operation(one: Undescribed, like: Schema) -> Schema:
    made: Schema = {name: like[name] for name in ("parameters", "responses") if name in like}
    if one.body:
        content = {"application/json": {"schema": one.body}}
        made["requestBody"] = {"required": True, "content": content}
    return made
