"""What is no host name is told for what it is, with the name as it should be written."""

import pytest

from provisioner.desired.wording.hosts import host_name


@pytest.mark.parametrize(
    ("domain", "reason", "fix"),
    [
        ("https://docs.example.org", "is a web address", "write `docs.example.org`"),
        ("http://docs.example.org/path", "is a web address", "write `docs.example.org`"),
        ("docs.example.org/path", "is a web address", "write `docs.example.org`"),
        ("https://docs.example.org:8443/a/b", "is a web address", "write `docs.example.org`"),
        ("HTTPS:/Docs.example.org", "is a web address", "write `docs.example.org`"),
        ("Docs.Example.ORG", "has capital letters", "write `docs.example.org`"),
        ("docs.example.org.", "ends with a dot", "write `docs.example.org`"),
        ("docs.example.org:443", "has a port", "write `docs.example.org`"),
        ("docs.example.org:", "has a port", "write `docs.example.org`"),
        ("“docs.example.org”", "has spaces or curly quotes", "write `docs.example.org`"),
        (" docs.example.org ", "has spaces or curly quotes", "write `docs.example.org`"),
        ("docs.example.org\n", "has spaces or curly quotes", "write `docs.example.org`"),
        ("münchen.example.org", "another form", "write `xn--mnchen-3ya.example.org`"),
        ("*.example.org", "is a wildcard", "name every host by itself"),
        ("our_docs.example.org", "has an underscore", "use a hyphen, as in"),
        ("docs", "lacks its domain", "write the whole name"),
        ("192.0.2.1", "IP address", "write a name"),
        ("2001:db8::17", "IP address", "write a name"),
        ("me@example.org", "is an e-mail address", "write a host name"),
        ("a.example.org b.example.org", "is more than one name", "each on a line of its own"),
        ("a.example.org,b.example.org", "is more than one name", "each on a line of its own"),
        ("a..example.org", "parts that no name may have", "1 to 63"),
        (f"{'a' * 64}.example.org", "parts that no name may have", "1 to 63"),
        (f"{'ü' * 64}.example.org", "parts that no name may have", "1 to 63"),
        ("a:b.example.org", "parts that no name may have", "1 to 63"),
        ("abc::x", "lacks its domain", "write the whole name"),
        ("0:" * 300 + "x", "is longer than any", "as in `docs.example.org`"),
        ("-" * 400, "lacks its domain", "write the whole name"),
        ("-" * 401, "is longer than any", "as in `docs.example.org`"),
    ],
)
def test_what_is_no_host_name_is_fixed_for_what_it_is(domain: str, reason: str, fix: str) -> None:
    advice = host_name(domain)
    assert advice.code == "wrong-host-name"
    assert " is not a host name: it " in advice.message
    assert reason in advice.message.partition("it ")[2]
    assert fix in advice.hint
