"""Names under which others register theirs are known, and asking for them costs little."""

import subprocess
import sys

import pytest

from provisioner.desired.rules.public_suffixes import is_public_suffix


@pytest.mark.parametrize(
    "host", ["ke", "co.ke", "github.io", "any.kawasaki.jp", "xn--55qx5d.cn", "xn--p1ai"]
)
def test_a_name_under_which_others_register_theirs_is_known(host: str) -> None:
    assert is_public_suffix(host)


@pytest.mark.parametrize(
    "host",
    [
        "nairobi.co.ke",
        "hub.github.io",
        "city.kawasaki.jp",
        "kawasaki.jp",
        "www.ck",
        "docs.nairobi.example.org",
        "xn--bcher-kva.example.org",
    ],
)
def test_any_other_name_is_somebodys_own(host: str) -> None:
    assert not is_public_suffix(host)


def test_only_a_name_that_the_list_may_have_loads_the_library() -> None:
    """In a process of its own, because this one has loaded it already."""
    program = (
        "import sys\n"
        "from provisioner.desired.rules.public_suffixes import is_public_suffix\n"
        "for host in sys.argv[1:]:\n"
        "    print(is_public_suffix(host), 'publicsuffixlist' in sys.modules)\n"
    )
    hosts = ["docs.nairobi.example.org", "nairobi.co.ke", "co.ke"]
    done = subprocess.run(
        [sys.executable, "-c", program, *hosts], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["False False", "False False", "True True"]
