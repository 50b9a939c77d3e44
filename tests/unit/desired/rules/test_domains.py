"""Domains that no hub can have, each told for what it is."""

import pytest

from tests.unit.desired.given import findings, hub_with, only, place


@pytest.mark.parametrize(
    "host",
    [
        "metadata.google.internal",
        "docs.local",
        "localhost",
        "docs.localhost",
        "docs.test",
        "docs.invalid",
        "docs.onion",
        "docs.example",
        "docs.alt",
        "home.arpa",
        "docs.home.arpa",
        "1.0.0.127.in-addr.arpa",
        "docs.home",
        "docs.lan",
        "docs.corp",
        "docs.mail",
        "docs.intranet",
        "docs.private",
        "docs.localdomain",
        "Docs.LOCAL.",
    ],
)
def test_reserved_and_internal_names_are_nobodys(host: str) -> None:
    finding = only(hub_with(f"domains: [{host}]"))
    assert (finding.code, place(finding)) == ("reserved-domain", (6, 15))


@pytest.mark.parametrize(
    "host",
    [
        "co.ke",
        "github.io",
        "netlify.app",
        "s3.amazonaws.com",
        "any.kawasaki.jp",
        "xn--55qx5d.cn",
        "CO.KE.",
    ],
)
def test_a_public_suffix_is_nobodys_own(host: str) -> None:
    finding = only(hub_with(f"domains: [{host}]"))
    assert (finding.code, place(finding)) == ("public-suffix", (6, 15))
    assert f"`our-hub.{host.lower().rstrip('.')}`" in finding.hint


@pytest.mark.parametrize("host", ["docs.kisumu", "Docs.Kisumu.", "kisumu.con", "a.b.docs-org"])
def test_a_name_without_an_ending_of_the_internet_leads_nowhere(host: str) -> None:
    finding = only(hub_with(f"domains: [{host}]"))
    assert (finding.code, place(finding)) == ("unknown-ending", (6, 15))
    assert "`docs.example.org`" in finding.hint


@pytest.mark.parametrize(
    "host", ["docs.kisumu.ke", "a.co.ck", "a.b.bd", "docs.kisumu.africa", "docs.xn--55qx5d.cn"]
)
def test_every_ending_of_the_list_is_one(host: str) -> None:
    assert findings(hub_with(f"domains: [{host}]")) == ()


@pytest.mark.parametrize(
    "host",
    ["vercel.app", "a.vercel.app", "A.B.vercel.app.", "now.sh", "a.now.sh", "x.vercel.dev"],
)
def test_the_hosts_own_names_are_not_for_us_to_give(host: str) -> None:
    assert only(hub_with(f"domains: [{host}]")).code == "host-name-of-vercel"


@pytest.mark.parametrize(
    "host",
    [
        "docs.nairobi.example.org",
        "example.org",
        "nairobi.co.ke",
        "hub.github.io",
        "city.kawasaki.jp",
        "kawasaki.jp",
        "www.ck",
        "local.org",
        "test.example.net",
        "localdocs.org",
        "myvercel.app.org",
        "notvercel.dev",
        "xn--bcher-kva.example.org",
        "internal.nairobi.org",
    ],
)
def test_names_that_only_look_like_them_are_fine(host: str) -> None:
    assert findings(hub_with(f"domains: [{host}]")) == ()


def test_a_domain_of_an_unknown_app_is_judged_too() -> None:
    text = hub_with("domains: [docs.local]").replace("docs-site", "mastodon")
    assert {each.code for each in findings(text)} == {"unknown-app", "reserved-domain"}
