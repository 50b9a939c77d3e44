"""What no program can know is put before the reviewer, as questions with names."""

import pytest

from provisioner.models.change import Connection, FirstUse, Neighbour, Review
from provisioner.report.review_section import MOST_TOLD, review_section


def points(**told: object) -> list[str]:
    heading, text = review_section(Review.model_validate({"author": "amina-k", **told}))
    assert heading == "#### For the reviewer: what no program can know"
    return text.splitlines()


def test_where_nothing_has_to_be_judged_nothing_is_said() -> None:
    assert review_section(None) == []
    assert review_section(Review(author="amina-k")) == []


def test_whose_a_former_hub_was_is_said() -> None:
    (point,) = points(former_maintainers=("joseph-m", "grace-u"))
    assert point.startswith("- There was a hub of this name before; its maintainers were ")
    assert "were `joseph-m` and `grace-u`. Is it theirs" in point


@pytest.mark.parametrize(
    ("author", "says"),
    [
        (Connection.SAME, "It is the author's own (`amina-k`)."),
        (Connection.PUBLIC_MEMBER, "The author, `amina-k`, is publicly a member of it."),
        (Connection.NOT_SEEN, "GitHub does not show that the author, `amina-k`, belongs to it"),
        (Connection.UNKNOWN, "Whether the author, `amina-k`, may speak for it cannot be seen"),
    ],
)
def test_an_account_that_nobody_named_before_is_told_with_its_author(
    author: Connection, says: str
) -> None:
    use = FirstUse(kind="github.owner", account="riverside", author=author)
    (point,) = points(first_uses=(use,))
    assert point.startswith(f"- No hub has named the GitHub account `riverside` before. {says}")


@pytest.mark.parametrize(
    ("kind", "called"), [("vercel.team", "Vercel team"), ("other.kind", "other.kind")]
)
def test_an_account_is_called_by_its_kind(kind: str, called: str) -> None:
    (point,) = points(first_uses=(FirstUse(kind=kind, account="riverside"),))
    assert f"named the {called} `riverside` before" in point


@pytest.mark.parametrize(
    ("relation", "says"),
    [
        ("above", "lies above"),
        ("below", "lies below"),
        ("beside", "is the same, but for `www.`, as"),
    ],
)
def test_a_neighbour_is_told_with_its_hub(relation: str, says: str) -> None:
    one = Neighbour(domain="a.org", relation=relation, hub="kisumu", other="b.a.org")
    assert points(neighbours=(one,)) == [
        f"- `a.org` {says} `b.a.org` of the hub `kisumu`. May this hub use it?"
    ]


def test_what_else_changes_is_named() -> None:
    (point,) = points(elsewhere=("README.md", ".github/…"))
    assert "outside the hub files: `README.md` and `.github/…`. Whoever changes" in point


def test_all_stands_in_one_order() -> None:
    one = Neighbour(domain="a.org", relation="above", hub="kisumu", other="b.a.org")
    told = points(
        elsewhere=("README.md",),
        first_uses=(FirstUse(kind="vercel.team", account="riverside"),),
        neighbours=(one,),
        former_maintainers=("joseph-m",),
    )
    assert [point.split()[1] for point in told] == ["There", "No", "`a.org`", "This"]


def test_of_many_names_the_first_are_told() -> None:
    assert MOST_TOLD == 10
    names = tuple(f"name{n}" for n in range(11))
    (former,) = points(former_maintainers=names)
    assert "`name9`. Is it" in former
    assert "name10" not in former
    uses = tuple(FirstUse(kind="vercel.team", account=name) for name in names)
    assert len(points(first_uses=uses)) == MOST_TOLD
    near = tuple(
        Neighbour(domain=name, relation="above", hub="kisumu", other="b.org") for name in names
    )
    assert len(points(neighbours=near)) == MOST_TOLD
