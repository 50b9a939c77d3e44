"""What the catalog says of an app, and the limits of what it may say."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from provisioner.models.catalog import (
    APP_VARIABLE_PATTERN,
    HEALTH_PATTERN,
    SOURCE_PATTERN,
    WORKFLOW_PATTERN,
    BuildSettings,
    CatalogApp,
    CopyMethod,
    DomainRule,
)

LEAST: dict[str, Any] = {"title": "Site", "source": "a/b", "workflow": "website"}


@pytest.mark.parametrize(
    ("pattern", "fits", "unfit"),
    [
        (SOURCE_PATTERN, ["a/b", "A-1/x._-y", f"{'a' * 39}/{'b' * 100}"], ["a", "a/", "a/b/c"]),
        (SOURCE_PATTERN, [], [f"{'a' * 40}/b", f"a/{'b' * 101}", "a/b\n", "a_b/c"]),
        (WORKFLOW_PATTERN, ["website", "a-1"], ["", "Website", "1a", "a\n"]),
        (APP_VARIABLE_PATTERN, ["SITE_TITLE", "a"], ["PROVISIONER_APP", "1A", "A\n", "A" * 101]),
        (HEALTH_PATTERN, ["/", "/api/health?x=1"], ["", "api", "/a b", "/a\n"]),
    ],
)
def test_names_fit_or_do_not(pattern: str, fits: list[str], unfit: list[str]) -> None:
    assert [text for text in fits if not re.search(pattern, text)] == []
    assert [text for text in unfit if re.search(pattern, text)] == []


def test_what_is_left_out_is_the_most_common() -> None:
    app = CatalogApp.model_validate(LEAST)
    assert (app.copy_method, app.domains, app.health) == (
        CopyMethod.FORK,
        DomainRule.OPTIONAL,
        "/",
    )
    assert (app.env, app.build, app.description) == ({}, BuildSettings(), "")


def test_a_variable_is_neither_required_nor_secret_unless_said() -> None:
    app = CatalogApp.model_validate({**LEAST, "env": {"A": {"description": "x"}}})
    assert (app.env["A"].required, app.env["A"].secret) == (False, False)


def test_only_what_is_stated_is_not_left_to_the_host() -> None:
    assert BuildSettings().stated() == {}
    settings = BuildSettings(framework="astro", build_command="npm run build")
    assert settings.stated() == {"framework": "astro", "build_command": "npm run build"}


@pytest.mark.parametrize(
    ("field", "value", "more"),
    [
        ("title", "x" * 100, "x"),
        ("description", "x" * 300, "x"),
        ("health", "/" + "x" * 199, "x"),
    ],
)
def test_texts_have_their_most(field: str, value: str, more: str) -> None:
    CatalogApp.model_validate({**LEAST, field: value})
    with pytest.raises(ValidationError):
        CatalogApp.model_validate({**LEAST, field: value + more})


@pytest.mark.parametrize(("length", "fits"), [(0, False), (1, True), (256, True), (257, False)])
def test_a_setting_is_no_empty_text_and_not_too_long(length: int, fits: bool) -> None:
    if fits:
        BuildSettings(framework="x" * length)
    else:
        with pytest.raises(ValidationError):
            BuildSettings(framework="x" * length)


@pytest.mark.parametrize(("length", "fits"), [(0, False), (1, True), (300, True), (301, False)])
def test_a_variable_is_described_in_a_line_or_two(length: int, fits: bool) -> None:
    app = {**LEAST, "env": {"A": {"description": "x" * length}}}
    if fits:
        CatalogApp.model_validate(app)
    else:
        with pytest.raises(ValidationError):
            CatalogApp.model_validate(app)
