"""Which addresses anyone on the internet may be sent to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.addresses import is_public

PUBLIC = ("216.198.79.1", "76.76.21.21", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1")
INSIDE = (
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "0.0.0.0",
    "255.255.255.255",
    "240.0.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "192.0.0.8",
    "192.0.0.9",
    "192.88.99.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::10.0.0.1",
    "::8.8.8.8",
    "64:ff9b::a00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "2002:a00:1::1",
    "2002:808:808::1",
    "2001::1",
    "2001:0:a00:1::1",
    "2001:2::1",
    "2001:10::1",
    "2001:1::1",  # these five are global to newer versions of `ipaddress`
    "2001:3::1",
    "2001:4:112::1",
    "2001:20::1",
    "2001:30::1",
)
NOT_ADDRESSES = ("", "localhost", "127.1", "0x7f.1", "2130706433", "1.1.1.1.", "010.0.0.1", "::g")


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_a_network_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_with_another_purpose_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("text", NOT_ADDRESSES)
def test_what_is_no_address_is_not_public_either(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_no_form_of_carrying_one_address_in_another_is_public(inner: object) -> None:
    number = int(inner)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    carried = (f"::ffff:{inner}", f"::{inner}", f"64:ff9b::{inner}", f"2002:{high:x}:{low:x}::1")

    assert not any(is_public(form) for form in carried)
