"""What a hub file says of Vercel, and how a wrong name is put right: by what people paste there."""

import pytest
from pydantic import ValidationError

from provisioner.hosting.vercel.account import WORDS, VercelAccount, correct


@pytest.mark.parametrize(
    "text",
    [
        "Nairobi",
        " nairobi ",
        "nairobi\n",
        "@nairobi",
        "nairobi/",
        "vercel.com/nairobi",
        "www.vercel.com/nairobi/",
        "http://vercel.com/nairobi",
        "https://vercel.com/teams/nairobi",
        "HTTPS://Vercel.com/Nairobi",
        "https://vercel.com/nairobi/~",
        "https://vercel.com/nairobi/~/settings/members",
    ],
)
def test_a_name_within_what_was_pasted_is_found(text: str) -> None:
    assert correct(text) == "write `nairobi`"


@pytest.mark.parametrize(
    "text", ["team_Ab12", " team_Ab12", "TEAM_AB12", "https://vercel.com/team_Ab12"]
)
def test_an_id_is_told_from_a_name(text: str) -> None:
    assert correct(text).startswith("this is the team's id; write its short name")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "https://vercel.com/",
        "Nairobi Commons",
        "nairobi_commons",
        "my-vercel.com/nairobi",
        "nairobi.vercel.app",
        "-nairobi",
        "x" * 49,
        "https://vercel.com/nairobi/docs",
        "steam_1",
    ],
)
def test_where_no_name_is_found_its_form_is_told(text: str) -> None:
    assert correct(text).startswith("write it as it stands in vercel.com/<team>: small letters")


def test_the_group_names_its_team() -> None:
    assert VercelAccount(team="nairobi").name == "nairobi"


@pytest.mark.parametrize("team", ["", "Nairobi", "nairobi\n", "a b", "x" * 49])
def test_another_form_is_none(team: str) -> None:
    with pytest.raises(ValidationError):
        VercelAccount(team=team)


def test_what_is_said_of_it() -> None:
    assert (WORDS.noun, WORDS.title) == ("Vercel team", "a Vercel team's short name")
    assert WORDS.correct("Nairobi") == "write `nairobi`"
