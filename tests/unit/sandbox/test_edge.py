"""The sandbox's edge as a visitor sees it: handshakes with and without a certificate, and pages."""

import hashlib
import hmac
import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest

from provisioner.sandbox.edge import Edge
from provisioner.sandbox.vercel.pages import SECRET_HEADER
from tests.unit.sandbox.host import NAME, SITE, Host

HOST = f"{NAME}.vercel.app"
DOMAIN = "docs.nairobi.example.org"
BOT = {"api/webhook.py": b"...", "api/health.py": b"..."}


@pytest.fixture
def edge(host: Host) -> Iterator[Edge]:
    with Edge(host.world, host.vercel, host.zone) as running:
        yield running


def visit(
    edge: Edge, host: str, path: str = "/", method: str = "GET", **more: str
) -> httpx.Response:
    trust = ssl.create_default_context(cafile=edge.ca_file)
    with httpx.Client(verify=trust) as client:
        return client.request(
            method,
            edge.url + path,
            headers={"Host": host, **more},
            extensions={"sni_hostname": host},
        )


def point(host: Host, domain: str = DOMAIN) -> None:
    """Set the DNS that the host recommends."""
    value = host.config(domain)["recommendedCNAME"][0]["value"]
    host.zone.set_records({"type": "CNAME", "name": domain, "value": value})


def test_a_live_site_shows_the_title_it_was_built_with(host: Host, edge: Edge) -> None:
    host.create_project(framework="vitepress")
    host.set_variable("SITE_TITLE", "Nairobi <b>&</b> Commons")
    host.deploy()
    host.set_variable("SITE_TITLE", "Not deployed yet")

    page = visit(edge, HOST)

    assert page.status_code == 200
    assert "<h1>Nairobi &lt;b&gt;&amp;&lt;/b&gt; Commons</h1>" in page.text
    assert visit(edge, HOST, "/nothing-here").status_code == 404


def test_a_name_without_a_deployment_is_not_found(host: Host, edge: Edge) -> None:
    host.create_project()

    for name in (HOST, "nobody.vercel.app"):
        page = visit(edge, name)
        assert page.status_code == 404
        assert page.headers["X-Vercel-Error"] == "DEPLOYMENT_NOT_FOUND"


def test_a_domain_gets_a_certificate_when_its_dns_is_right(host: Host, edge: Edge) -> None:
    host.live()
    host.attach(DOMAIN)
    with pytest.raises(httpx.ConnectError):
        visit(edge, DOMAIN)

    point(host)

    assert visit(edge, DOMAIN).status_code == 200


def test_a_conflicting_record_keeps_the_certificate_away(host: Host, edge: Edge) -> None:
    host.live()
    host.attach(DOMAIN)
    point(host)
    host.zone.set_records(
        {"type": "CAA", "name": "example.org", "value": '0 issue "other.example"'}
    )

    with pytest.raises(httpx.ConnectError):
        visit(edge, DOMAIN)


def test_a_domain_without_proof_of_ownership_has_no_certificate(host: Host, edge: Edge) -> None:
    host.live()
    host.vercel.behaviour.apex_owned_elsewhere = ["example.org"]
    host.attach(DOMAIN)
    point(host)

    with pytest.raises(httpx.ConnectError):
        visit(edge, DOMAIN)


def test_a_detached_domain_is_gone(host: Host, edge: Edge) -> None:
    host.live()
    host.attach(DOMAIN)
    point(host)
    host.call("DELETE", f"/v9/projects/{NAME}/domains/{DOMAIN}", {})

    with pytest.raises(httpx.ConnectError):
        visit(edge, DOMAIN)


@pytest.mark.parametrize("fault", ["none", "expired", "wrong_name"])
def test_a_bad_certificate_is_refused_by_the_visitor(host: Host, edge: Edge, fault: str) -> None:
    host.live()
    host.call("POST", "/_sandbox/vercel", {"certificates": {HOST: fault}})

    with pytest.raises(httpx.ConnectError):
        visit(edge, HOST)


def test_a_visitor_without_a_name_gets_no_handshake(edge: Edge) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get(edge.url, verify=ssl.create_default_context(cafile=edge.ca_file))


def test_a_visitor_who_never_shakes_hands_holds_up_nobody(host: Host, edge: Edge) -> None:
    host.live()
    address = ("127.0.0.1", int(edge.url.rpartition(":")[2]))

    with socket.create_connection(address):
        assert visit(edge, HOST).status_code == 200


def test_a_paused_project_says_so(host: Host, edge: Edge) -> None:
    host.live()
    host.call("POST", f"/v1/projects/{NAME}/pause")

    page = visit(edge, HOST)

    assert page.status_code == 503
    assert "DEPLOYMENT_PAUSED" in page.text


@pytest.mark.parametrize(
    ("protection", "open_names"),
    [
        (None, {"production", "generated", "domain"}),
        ("preview", {"production", "generated", "domain"}),
        ("prod_deployment_urls_and_all_previews", {"production", "domain"}),
        ("all_except_custom_domains", {"domain"}),
        ("all", set()),
    ],
)
def test_protection_decides_which_names_are_open(
    host: Host, edge: Edge, protection: str | None, open_names: set[str]
) -> None:
    setting = {"deploymentType": protection} if protection else None
    host.create_project(framework="vitepress", ssoProtection=setting)
    generated = host.deploy()["url"]
    host.attach(DOMAIN)
    point(host)
    names = {"production": HOST, "generated": generated, "domain": DOMAIN}

    statuses = {kind: visit(edge, name).status_code for kind, name in names.items()}

    assert statuses == {kind: 200 if kind in open_names else 401 for kind in names}


def test_a_bot_answers_for_its_health_and_takes_posts_with_its_secret(
    host: Host, edge: Edge
) -> None:
    host.repositories.push(host.source, "main", BOT)
    host.create_project()
    host.set_variable("TELEGRAM_TOKEN", "123:abc", type="sensitive")
    host.deploy()
    secret = hmac.new(b"123:abc", b"telegram-webhook", hashlib.sha256).hexdigest()
    hook = "/api/webhook"

    assert visit(edge, HOST, "/api/health").json()["ok"] is True
    assert visit(edge, HOST, hook).status_code == 405
    assert visit(edge, HOST, hook, "POST").status_code == 401
    assert visit(edge, HOST, hook, "POST", **{SECRET_HEADER: secret}).status_code == 200
    assert visit(edge, HOST, "/").status_code == 404


def test_a_redirecting_domain_leads_on(host: Host, edge: Edge) -> None:
    host.live()
    body = {"name": DOMAIN, "redirect": HOST, "redirectStatusCode": 308}
    host.call("POST", f"/v10/projects/{NAME}/domains", body)
    point(host)

    page = visit(edge, DOMAIN, "/guide")

    assert (page.status_code, page.headers["Location"]) == (308, f"https://{HOST}/guide")


def test_a_page_can_be_made_to_fail(host: Host, edge: Edge) -> None:
    host.live()
    host.vercel.behaviour.page_status = {NAME: 500}

    assert visit(edge, HOST).status_code == 500


def test_a_new_deployment_takes_the_name_over_when_it_is_aliased(slow_host: Host) -> None:
    host = slow_host
    host.create_project(framework="vitepress")
    host.deploy()
    host.clock.advance(60)
    with Edge(host.world, host.vercel, host.zone) as edge:
        before = visit(edge, HOST).text
        host.repositories.push(host.source, "main", SITE)
        during = visit(edge, HOST).text
        host.clock.advance(60)
        after = visit(edge, HOST).text

    assert before == during != after
