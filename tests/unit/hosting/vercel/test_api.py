"""Whatever Vercel answers to whatever is asked: a value that can be used, or an error of ours."""

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.engine.retry import is_transient
from provisioner.errors import ProvisionerError, RemoteError
from provisioner.hosting.base import Host
from provisioner.hosting.problems import Concerned, HostProblem
from provisioner.hosting.vercel.refusals import words
from tests.unit.hosting.vercel.client import CALLS, VALUE, accounts, vercel

NAMES = re.findall(
    r"\w+",
    """
    error message code limit reset resetMs failed envVarKey key projectId domain action id uid
    invalidToken pagination next envs deployments domains projects name link org repo targets
    production alias env value createdAt created readyState meta gitSource sha aliasError checks
    text payload date verification apexName verified misconfigured recommendedIPv4 rank conflicts
    recommendedCNAME nameservers user username membership role billing target
    """,
)
ODD = st.sampled_from(
    [None, True, 0, -1, 10**25, 1e300, "", "x", VALUE, "READY", "SITE_TITLE", "x" * 3000, "\x00"]
)
NONSENSE = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    ),
    max_leaves=30,
)
TEXT = st.one_of(
    NONSENSE.map(json.dumps),
    st.sampled_from(["", "<html>Sorry.</html>", "null", "{", "[" * 300, '{"error": "no"}']),
)
STATUS = st.sampled_from([200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503])


def test_every_call_of_a_host_is_tried_here() -> None:
    methods = {name for name in dir(Host) if not name.startswith("_")} - {"kind"}

    assert set(CALLS) == methods


@pytest.mark.parametrize("call", CALLS)
@given(status=STATUS, text=TEXT)
def test_nonsense_is_an_error_of_ours_in_words_and_shows_no_value(
    call: str, status: int, text: str
) -> None:
    try:
        CALLS[call](vercel(status, text))
    except HostProblem as problem:
        said = words(problem, Concerned("team", "project"))
        assert said is None or said.error().message
        _hides_values(call, problem)
    except ProvisionerError as error:
        _hides_values(call, error)


def _hides_values(call: str, error: ProvisionerError) -> None:
    """Other calls send no value that could be echoed."""
    assert call != "set_variables" or VALUE not in f"{error.message} {error.hint} {vars(error)}"


@pytest.mark.parametrize("call", ["user", "team", "linked_repositories"])
@given(status=STATUS, text=TEXT)
def test_nonsense_about_accounts_is_an_error_of_ours(call: str, status: int, text: str) -> None:
    seen = accounts(status, text)
    with suppress(ProvisionerError):
        seen.user() if call == "user" else getattr(seen, call)("nairobi")


@pytest.mark.parametrize("envs", ["", ', "envs": 5', ', "envs": null'])
def test_a_list_of_variables_that_goes_on_without_any_is_no_list(envs: str) -> None:
    with pytest.raises(RemoteError, match="gave an answer") as caught:
        vercel(200, f'{{"pagination": {{"next": 1}}{envs}}}').variables("team", "project")

    assert is_transient(caught.value)
