"""A visitor's look at one page: where it leads, what it answers, what is told of it."""

import httpx
import pytest

from provisioner.hosting.live_page import LivePage
from provisioner.hosting.visit import Head, NoAddress, NotPublic
from provisioner.models.remote import PageTrouble

HOST = "docs.example.org"


def leading_to(**pages: str | int) -> LivePage:
    """Hosts by their first label: a status, or where they lead on to."""

    def visit(url: httpx.URL) -> Head:
        page = pages[url.host.partition(".")[0]]
        return head(page) if isinstance(page, int) else head(308, Location=page)

    return LivePage(visit)


def head(status: int, **headers: str) -> Head:
    return Head(status, httpx.Headers({n.replace("_", "-"): v for n, v in headers.items()}))


def answering(one: Head) -> LivePage:
    return LivePage(lambda _url: one)


def test_a_good_page_answers() -> None:
    assert leading_to(docs=200).observe(HOST, "/").answers


@pytest.mark.parametrize(
    ("target", "others"),
    [
        ("/en/", ()),
        ("https://docs.example.org/en/", ()),
        ("https://www.docs.example.org/", ()),
        ("https://WWW.docs.example.org:443/", ()),
        ("https://notes.example.org/", ("notes.example.org",)),
        ("https://www.notes.example.org/", ("notes.example.org",)),
    ],
)
def test_a_redirect_among_the_apps_own_names_is_followed(
    target: str, others: tuple[str, ...]
) -> None:
    seen: list[str] = []

    def visit(url: httpx.URL) -> Head:
        seen.append(url.host)
        return head(301, Location=target) if len(seen) == 1 else head(200)

    page = LivePage(visit)

    assert page.observe(HOST, "/", others).answers
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("https://parked.example.net/", "it leads on to parked.example.net"),
        ("https://docs.example.org.evil.example/", "it leads on to docs.example.org.evil.example"),
        ("http://docs.example.org/", "not safe"),
        ("https://docs.example.org:8443/", "not safe"),
        ("https://docs.example.org@evil.example/", "not safe"),
        ("https://[", "not safe"),
        ("javascript:alert(1)", "not safe"),
        ("https://10.0.0.5/", "it leads on to 10.0.0.5"),
        ("/", "without an end"),
    ],
)
def test_a_redirect_to_anywhere_else_is_not_live(target: str, said: str) -> None:
    look = leading_to(docs=target).observe(HOST, "/")

    assert look.trouble is PageTrouble.LEADS_AWAY
    assert said in look.reason


def test_the_page_at_a_redirects_end_is_judged_as_well() -> None:
    look = leading_to(docs="https://www.docs.example.org/", www=503).observe(HOST, "/")

    assert (look.trouble, look.reason) == (PageTrouble.FAULTY, "it answers 503")


def test_the_hosts_own_code_is_told_with_the_status() -> None:
    look = answering(head(404, X_Vercel_Error="DEPLOYMENT_NOT_FOUND")).observe(HOST, "/")

    assert look.reason == "it answers 404 (DEPLOYMENT_NOT_FOUND)"


def test_a_code_of_another_form_is_not_told() -> None:
    look = answering(head(404, X_Vercel_Error="<b>look here</b>")).observe(HOST, "/")

    assert look.reason == "it answers 404"


@pytest.mark.parametrize(
    "location",
    [
        f"https://{'a' * 50_000}.example/",
        f"https://{'a' * 1_500}.example/",
        f"/{'a' * 50_000}",
        "//" * 40_000,
        "a" * 70_000,
    ],
)
def test_whatever_a_redirect_holds_what_is_told_of_it_is_short(location: str) -> None:
    look = leading_to(docs=location).observe(HOST, "/")

    assert look.trouble is PageTrouble.LEADS_AWAY
    assert len(look.reason) < 200


def test_a_redirect_that_is_too_long_is_not_even_read() -> None:
    look = leading_to(docs=f"https://docs.example.org/{'a' * 5_000}").observe(HOST, "/")

    assert look.reason == "it leads on to an address that is too long"


@pytest.mark.parametrize(
    ("error", "trouble", "reason"),
    [
        (NoAddress(asked=True), PageTrouble.UNREACHABLE, "its name has no address"),
        (NoAddress(asked=False), PageTrouble.UNREACHABLE, "public DNS does not say where it is"),
        (
            NotPublic("10.1.2.3"),
            PageTrouble.PRIVATE_ADDRESS,
            "its name leads to an address inside a private network (10.1.2.3)",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_told_in_words(
    error: Exception, trouble: PageTrouble, reason: str
) -> None:
    def visit(_url: httpx.URL) -> Head:
        raise error

    look = LivePage(visit).observe(HOST, "/")

    assert (look.trouble, look.reason) == (trouble, reason)
