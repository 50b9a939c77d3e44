"""The three tokens: whose they are, and as much as can be seen of what they may do.

Never shows a token or any part of one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from provisioner.doctor.base import Door
from provisioner.github.settings import SettingsReader
from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.kind import HostKind
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.setup import TokenOwner

SOON = timedelta(days=14)
WRITING_SCOPES = frozenset({"repo", "public_repo"})

_ONLY_IN_ACTIONS = (
    "If it is a secret of an Actions environment, only Actions can see it: on github.com open "
    "`Actions`, `doctor`, `Run workflow`. To check from here, set it in this shell."
)
_NEW = (
    "Make a new token as docs/set-up.md says (GitHub: step 4, the host: step 5), and put it "
    "wherever the old one is."
)


def job_door(make: Callable[[], SettingsReader], now: datetime) -> Door[SettingsReader, TokenOwner]:
    """GITHUB_TOKEN: the network's own repository."""

    def judge(owner: TokenOwner) -> Verdict:
        if owner.login is None:
            return ok("It is an app's token, such as each job in Actions gets.")
        return _wrong(owner, now) or ok(f"It belongs to {owner.login}{_until(owner)}.")

    return Door(
        "GITHUB_TOKEN",
        make,
        lambda reader: reader.token_owner(),
        judge,
        "In Actions the workflow file passes it on. Here, set it to a token that may read the "
        "network's repository.",
        _NEW,
    )


def copies_door(
    make: Callable[[], SettingsReader], now: datetime, is_the_jobs_own: bool
) -> Door[SettingsReader, TokenOwner]:
    """PROVISIONER_GITHUB_TOKEN: makes the copies. `is_the_jobs_own`: it equals GITHUB_TOKEN."""

    def judge(owner: TokenOwner) -> Verdict:
        if owner.login is None:
            return _of_an_app(is_the_jobs_own)
        wrong = _wrong(owner, now)
        if wrong is not None:
            return wrong
        whose = f"It belongs to {owner.login}{_until(owner)}"
        if owner.scopes is None:
            return unknown(
                f"{whose}. It is a fine-grained token, and those do not say what they may do.",
                "On github.com, as that user, open `Settings`, `Developer settings`, `Fine-grained "
                "tokens`: it needs `All repositories`, `Administration: read and write` and "
                "`Contents: read-only`.",
            )
        return ok(f"{whose}; it is a classic token that may make copies.")

    return Door(
        "PROVISIONER_GITHUB_TOKEN",
        make,
        lambda reader: reader.token_owner(),
        judge,
        _ONLY_IN_ACTIONS,
        _NEW,
    )


def host_door(
    kind: HostKind, make: Callable[[], HostAccountReader]
) -> Door[HostAccountReader, str]:
    """The host's token: projects, variables, builds, domains."""
    return Door(
        kind.token_name,
        make,
        lambda reader: reader.user(),
        lambda user: ok(f"It belongs to the {kind.name} user {user}."),
        _ONLY_IN_ACTIONS,
        _NEW,
    )


def _wrong(owner: TokenOwner, now: datetime) -> Verdict | None:
    """What is known to be wrong with a person's token."""
    whose = f"It belongs to {owner.login}"
    if owner.scopes is not None and not WRITING_SCOPES & set(owner.scopes):
        has = f"only the scopes {', '.join(owner.scopes)}" if owner.scopes else "no scope at all"
        return not_ok(
            f"{whose} and has {has}.",
            "On github.com, as that user, open `Settings`, `Developer settings`, `Tokens "
            "(classic)`, and give it `public_repo`, or `repo` if sources or copies are private.",
        )
    if owner.expires_at is not None and owner.expires_at - now < SOON:
        return not_ok(f"{whose}, and it ends on {_day(owner.expires_at)}.", _NEW)
    return None


def _of_an_app(is_the_jobs_own: bool) -> Verdict:
    if is_the_jobs_own:
        return not_ok(
            "It is the same as GITHUB_TOKEN, which Actions makes for a job and which can make no "
            "copies.",
            "Make the token that docs/set-up.md describes in step 4, and set it as "
            "PROVISIONER_GITHUB_TOKEN.",
        )
    return unknown(
        "It is a GitHub App's token, and those do not say what they may do.",
        "The App must be installed on every account that gets copies, with `All repositories`, "
        "`Administration: read and write` and `Contents: read-only`.",
    )


def _until(owner: TokenOwner) -> str:
    return f" and ends on {_day(owner.expires_at)}" if owner.expires_at else ""


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
