"""Whose a hub is: the people who may change its file, by numbers that nobody can take over.

A login can be given up and registered by a stranger; GitHub's number of the account cannot.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from provisioner.engine.limits import MOST_PEOPLE
from provisioner.models.journal import HubJournal, Person

AccountId = Callable[[str], int | None]
"""The number of an account; `None` where there is none. May raise `ProvisionerError`."""


def recorded(
    logins: Sequence[str], known: Iterable[Person], account_id: AccountId
) -> tuple[Person, ...]:
    """Each login with its number. One that was recorded once is never replaced.

    So a login whose number has changed remains a stranger's.
    """
    numbers = {person.login.lower(): person.id for person in known}
    people = []
    for login in logins[:MOST_PEOPLE]:
        number = numbers.get(login.lower())
        people.append(Person(login=login, id=account_id(login) if number is None else number))
    return tuple(people)


def are_recorded(logins: Sequence[str], known: Iterable[Person]) -> bool:
    """Whether the journal names just these people: nobody who left, and everybody who came."""
    listed = {login.lower() for login in logins[:MOST_PEOPLE]}
    return listed == {person.login.lower() for person in known}


def succeeded(
    journal: HubJournal, logins: Sequence[str], account_id: AccountId, now: datetime
) -> HubJournal:
    """The journal as a hub that came back may use it.

    Where none of those who had the name is among the new maintainers, nothing
    that the journal names is a claim any more, and what was sealed before the
    removal stays shut. Raises what `account_id` raises: who they are must be known.
    """
    if not journal.run.retiring or _share_one(logins, journal.maintainers, account_id):
        return journal
    return journal.model_copy(
        update={
            "run": journal.run.model_copy(update={"apps": ()}),
            "retired": (),
            "maintainers": (),
            "seals_since": min(journal.run.started_at, now),
        }
    )


def _share_one(logins: Sequence[str], former: Sequence[Person], account_id: AccountId) -> bool:
    """By number; by login only where no number was recorded."""
    unnumbered = {person.login.lower() for person in former if person.id is None}
    if any(login.lower() in unnumbered for login in logins):
        return True
    numbers = {person.id for person in former if person.id is not None}
    return bool(numbers) and any(account_id(login) in numbers for login in logins)
