"""A secret in the open is found wherever it stands, and nobody repeats it."""

import json

import pytest

from provisioner.desired.judge import CheckedFile
from provisioner.report.findings import as_annotations, as_json, as_text
from provisioner.safetext import Redactor
from tests.unit.desired.given import bot_with, checked, findings, hub_with, only, place

TELEGRAM = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz_-0123456"
GITHUB = "ghp_" + "a1B2c3" * 6


def everything_shown(file: CheckedFile) -> str:
    commands = "".join(command.text for command in as_annotations([file], Redactor()))
    return as_text([file]) + json.dumps(as_json([file])) + commands


def test_a_secret_variable_in_plain_text_is_told_once_with_what_to_do() -> None:
    finding = only(bot_with(f"TELEGRAM_TOKEN: {TELEGRAM}"))
    assert (finding.code, place(finding)) == ("secret-in-plain-text", (8, 23))
    assert "@BotFather" in finding.hint
    assert "`provisioner seal nairobi bot TELEGRAM_TOKEN`" in finding.hint


@pytest.mark.parametrize("value", ["hunter2hunter2", "'12345678'", "12345678", "true", "1.5"])
def test_a_secret_variable_is_a_secret_whatever_it_looks_like(value: str) -> None:
    finding = only(bot_with(f"TELEGRAM_TOKEN: {value}"))
    assert finding.code == "secret-in-plain-text"


def test_a_placeholder_for_a_secret_is_no_scare() -> None:
    for value in ("…", "'...'", "<token>", "xxxx", "TODO"):
        assert only(bot_with(f"TELEGRAM_TOKEN: {value}")).code == "placeholder"


@pytest.mark.parametrize(
    ("secret", "name"),
    [
        (TELEGRAM, "Telegram bot token"),
        (GITHUB, "GitHub token"),
        ("github_pat_" + "a1B2" * 12, "GitHub token"),
        ("vcp_" + "a1B2" * 6, "Vercel token"),
        ("private_v1_" + "a1B2" * 10 + "a1B", "sealing key"),
        ("neo4j+s://neo4j:hunter2@graph.example.org", "password in it"),
        ("AKIA" + "A1B2" * 4, "access key"),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "signed token"),
    ],
)
def test_a_secret_is_known_by_its_shape_under_any_name(secret: str, name: str) -> None:
    file = checked(hub_with(f'env:\n  SITE_TITLE: "my {secret}"\n'))
    (finding,) = file.findings
    assert finding.code == "secret-in-plain-text"
    assert name in finding.message
    assert finding.pointer == "/apps/docs/env/SITE_TITLE"
    assert secret not in everything_shown(file)


def test_a_secret_in_a_comment_is_found_too() -> None:
    file = checked(hub_with() + f"# the token is {GITHUB}, do not tell\n")
    (finding,) = file.findings
    assert (finding.code, place(finding)) == ("secret-in-plain-text", (6, 16))
    assert finding.hint.endswith("then remove it from this file")
    assert GITHUB not in everything_shown(file)


def test_a_secret_in_a_file_that_is_no_yaml_is_found_too() -> None:
    file = checked(f"name: 'x\n{GITHUB}: [\n")
    assert [finding.code for finding in file.findings] == ["yaml-syntax", "secret-in-plain-text"]
    assert GITHUB not in everything_shown(file)


def test_a_private_key_over_many_lines_is_covered_on_each() -> None:
    key = [
        "-----BEGIN PRIVATE KEY-----",
        "MIIEvQIBADANBg",
        "kqhkiG9w0BAQEF",
        "-----END PRIVATE KEY-----",
    ]
    file = checked(hub_with("env:\n  SITE_TITLE: |\n" + "".join(f"    {line}\n" for line in key)))
    assert [finding.code for finding in file.findings] == ["secret-in-plain-text"]
    shown = "\n".join(file.lines)
    assert not any(line in shown for line in key)
    assert file.lines[1] == "maintainers: [amina-k]"


def test_a_secret_beside_another_mistake_on_the_same_line_is_covered() -> None:
    text = (
        bot_with("")
        .replace("    env:\n", "")
        .replace(
            "      GRAPH_URI: neo4j+s://graph.example.org\n",
            "    env: {TELEGRAM_TOKEN: hunter2hunter, GRAPH_URI: 5, PASSWORD: 'swordfish, x'}\n",
        )
    )
    file = checked(text)
    shown = everything_shown(file)
    assert {finding.code for finding in file.findings} == {
        "secret-in-plain-text",
        "wrong-type",
        "unknown-variable",
    }
    assert "hunter2" not in shown
    assert "swordfish" not in shown


def test_what_was_pasted_into_sealed_without_sealing_is_covered() -> None:
    file = checked(bot_with("TELEGRAM_TOKEN: {sealed: hunter2hunter2}"))
    assert [finding.code for finding in file.findings] == ["secret-in-plain-text"]
    assert "hunter2" not in everything_shown(file)


def test_covering_moves_no_column() -> None:
    file = checked(hub_with(f"env: {{SITE_TITLE: {GITHUB}, X: y}}"))
    line = file.lines[5]
    assert line == f"    env: {{SITE_TITLE: {'*' * len(GITHUB)}, X: y}}"


@pytest.mark.parametrize(
    "value",
    [
        "neo4j+s://graph.example.org",
        "https://example.org/a:b@c",
        "postgres://user@db.example.org",
        "12:30",
        "a@b.example.org",
        "Nairobi: Commons, since 2019",
        "sk-8",
    ],
)
def test_what_is_no_secret_is_left_alone(value: str) -> None:
    assert findings(hub_with(f'env: {{SITE_TITLE: "{value}"}}')) == ()


def test_what_lies_within_a_secret_that_was_told_is_not_told_again() -> None:
    text = (
        hub_with()
        + "# -----BEGIN PRIVATE KEY----- postgres://user:pass@host AKIA0123456789ABCDEF\n"
    )
    assert [finding.code for finding in findings(text)] == ["secret-in-plain-text"]
