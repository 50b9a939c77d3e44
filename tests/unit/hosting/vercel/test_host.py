"""What Vercel is, before anybody asks it, and which clients it gives."""

import re

import pytest

from provisioner.clock import ManualClock
from provisioner.hosting.kind import Abilities, HostAccess
from provisioner.hosting.vercel.accounts import VercelAccounts
from provisioner.hosting.vercel.api import Vercel
from provisioner.hosting.vercel.host import VERCEL
from provisioner.transport import HttpClient, http_client
from tests.unit.answering import Given, answering


@pytest.fixture
def http() -> HttpClient:
    return HttpClient("Vercel", http_client())


def test_its_names_and_settings() -> None:
    assert (VERCEL.key, VERCEL.name) == ("vercel", "Vercel")
    assert (VERCEL.token_name, VERCEL.url_name) == ("VERCEL_TOKEN", "VERCEL_API_URL")
    assert VERCEL.url == "https://api.vercel.com"
    assert VERCEL.error_header == "X-Vercel-Error"
    assert VERCEL.abilities == Abilities()


@pytest.mark.parametrize(
    "name", ["vercel.app", "vercel.dev", "vercel.com", "vercel.sh", "vercel-dns.com", "now.sh"]
)
def test_names_that_it_gives_out_itself(name: str) -> None:
    assert name in VERCEL.own_domains


def test_its_pages_are_its_own_alone() -> None:
    pages = re.compile(VERCEL.pages)

    assert pages.match("vercel.com/nairobi")
    assert not pages.match("vercelxcom/nairobi")
    assert not pages.match("vercel.com.example.org/nairobi")


def test_its_hints_say_where_to_look_and_name_what_is_concerned() -> None:
    names = {"project": "nairobi--docs", "hub": "nairobi", "where": "there"}
    told = {name: text.format(**names) for name, text in vars(VERCEL.hints).items()}

    assert "nairobi--docs under Deployment Protection" in told["show_to_all"]
    assert "nairobi--docs under Domains" in told["take_redirect_away"]
    assert "hubs/nairobi.yaml" in told["take_redirect_away"]
    assert told["release_domain"] == "remove it there, under Domains"
    assert told["connect"] == "open its settings on Vercel, Git, and"
    assert "promote the build there" in told["promote"]


def test_its_clients_ask_the_address_they_are_given_with_the_token(http: HttpClient) -> None:
    user = '{"user": {"username": "machine"}}'
    project = '{"id": "prj_1", "name": "nairobi--docs"}'
    with answering(Given(200, user), Given(200, project)) as server:
        access = HostAccess(server.url, "a-token", http, ManualClock())
        accounts, host = VERCEL.accounts(access), VERCEL.connect(access)

        assert accounts.user() == "machine"
        assert host.project("nairobi", "nairobi--docs") is not None

    assert isinstance(accounts, VercelAccounts)
    assert isinstance(host, Vercel)
    assert host.kind is VERCEL
    assert server.tokens == ["Bearer a-token", "Bearer a-token"]
