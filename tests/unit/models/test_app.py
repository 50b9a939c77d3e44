"""The names of an app follow from its hub and itself, so that a lost record can be found again."""

from tests.unit.actions.hosted import app


def test_the_copy_and_the_project_are_called_after_the_hub_and_the_app() -> None:
    site = app(hub="nairobi", id="docs", owner="riverside", team="team")

    assert site.name == "nairobi--docs"
    assert site.repository == "riverside/nairobi--docs"
    assert site.project == "nairobi--docs"
