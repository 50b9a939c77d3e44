"""Whose a hub is: numbers are kept, logins that change hands are strangers."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.engine.journal_file import understood
from provisioner.engine.limits import MOST_PEOPLE
from provisioner.engine.people import recorded, succeeded
from provisioner.errors import Effect, RemoteError
from provisioner.models.journal import HubJournal, Person
from tests.unit.engine.hostile import good

NOW = ManualClock().now()
AMINA, JOSEPH = Person(login="amina-k", id=7), Person(login="joseph-m", id=8)


def github(**accounts: int) -> dict[str, int]:
    return {login.replace("_", "-"): number for login, number in accounts.items()}


def removed(*people: Person) -> HubJournal:
    journal = understood(good(), "nairobi")
    run = journal.run.model_copy(update={"retiring": True})
    return journal.model_copy(update={"run": run, "maintainers": people})


def unreachable(_login: str) -> int | None:
    raise RemoteError("no answer", service="GitHub", effect=Effect.NONE)


def test_new_people_are_looked_up_and_those_who_left_are_dropped() -> None:
    people = recorded(["joseph-m"], [AMINA], github(joseph_m=8).get)

    assert people == (JOSEPH,)


def test_of_people_without_end_a_number_is_recorded() -> None:
    assert len(recorded([f"person-{n}" for n in range(999)], [], github().get)) == MOST_PEOPLE


def test_a_number_that_is_recorded_is_never_replaced_however_the_login_is_written() -> None:
    people = recorded(["Amina-K"], [AMINA], github(amina_k=999).get)

    assert people == (Person(login="Amina-K", id=7),)


def test_a_login_without_an_account_has_no_number_until_there_is_one() -> None:
    nobody = recorded(["amina-k"], [], github().get)

    assert nobody == (Person(login="amina-k"),)
    assert recorded(["amina-k"], nobody, github(amina_k=7).get) == (AMINA,)


def test_a_hub_that_comes_back_with_one_of_its_people_is_as_it_was() -> None:
    journal = removed(AMINA, JOSEPH)

    assert succeeded(journal, ["new", "AMINA-K"], github(new=1).get, NOW) is not journal
    accounts = {"new": 1, "AMINA-K": 7}
    assert succeeded(journal, ["new", "AMINA-K"], accounts.get, NOW) is journal


def test_who_registers_a_login_that_was_given_up_is_a_stranger() -> None:
    journal = succeeded(removed(AMINA), ["amina-k"], github(amina_k=999).get, NOW)

    assert journal.seals_since == removed(AMINA).run.started_at
    assert (journal.run.apps, journal.maintainers) == ((), ())


def test_one_who_was_renamed_is_known_by_the_number() -> None:
    journal = removed(AMINA)

    assert succeeded(journal, ["amina-new"], github(amina_new=7).get, NOW) is journal


def test_where_no_number_was_recorded_the_login_counts() -> None:
    journal = removed(Person(login="amina-k"))

    assert succeeded(journal, ["Amina-K"], unreachable, NOW) is journal


def test_nobody_on_record_is_shared_with_nobody() -> None:
    assert succeeded(removed(), ["amina-k"], unreachable, NOW).seals_since is not None


def test_that_it_cannot_be_found_out_is_not_that_they_are_the_same() -> None:
    with pytest.raises(RemoteError):
        succeeded(removed(AMINA), ["amina-k"], unreachable, NOW)


def test_a_hub_that_was_never_removed_has_no_successors() -> None:
    journal = understood(good(), "nairobi")

    assert succeeded(journal, ["stranger"], unreachable, NOW) is journal


def test_a_removal_from_the_future_shuts_no_seals_of_the_future() -> None:
    journal = removed(AMINA)
    later = journal.run.model_copy(update={"started_at": NOW + timedelta(days=900)})
    forged = journal.model_copy(update={"run": later})

    assert succeeded(forged, ["new"], github(new=1).get, NOW).seals_since == NOW
