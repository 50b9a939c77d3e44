"""Limits of the host: how often an operation may be called. Reads the world's clock only."""

import math
from datetime import timedelta

from provisioner.sandbox.vercel.behaviour import RateLimit
from provisioner.sandbox.vercel.errors import ApiError
from provisioner.sandbox.vercel.records import Account
from provisioner.sandbox.vercel.store import Store


def spend(store: Store, account: Account, operation: str) -> None:
    """Count one call of an operation; raises the refusal where a limit is used up."""
    times = store.spent[account.id, operation]
    for limit in store.behaviour.limits:
        if limit.operation == operation:
            _check(store, account, limit)
    times.append(store.world.clock.now())


def _check(store: Store, account: Account, limit: RateLimit) -> None:
    now, window = store.world.clock.now(), timedelta(seconds=limit.window)
    recent = [t for t in store.spent[account.id, limit.operation] if t > now - window]
    if len(recent) < limit.total:
        return
    reset = (recent[0] if recent else now) + window
    seconds = math.ceil((reset - now).total_seconds())
    raise ApiError(
        limit.status,
        limit.code,
        f"Resource is limited - try again in {seconds} seconds (more than {limit.total}, "
        f'code: "{limit.code}").',
        headers={"Retry-After": str(seconds)} if limit.retry_after else {},
        limit={
            "total": limit.total,
            "remaining": 0,
            "reset": math.ceil(reset.timestamp()),
            "resetMs": math.ceil(reset.timestamp() * 1000),
        },
    )
