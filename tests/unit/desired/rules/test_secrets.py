"""A secret in the open is found wherever it stands, and nobody repeats it."""

import json

import pytest

from provisioner.clock import SystemClock
from provisioner.desired.judged_file import JudgedFile
from provisioner.redaction import Redactor
from provisioner.report.findings import as_annotations, as_json, as_text
from provisioner.secrets.sealing import generate_keypair, seal
from tests.unit.desired.given import (
    GOOD,
    bot_with,
    checked,
    findings,
    hub_with,
    network_with,
    only,
    place,
)

TELEGRAM = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz_-0123456"
GITHUB = "ghp_" + "a1B2c3" * 6


def everything_shown(file: JudgedFile) -> str:
    commands = "".join(command.text for command in as_annotations([file], Redactor()))
    return as_text([file]) + json.dumps(as_json([file])) + commands


def test_a_secret_variable_in_plain_text_is_told_once_with_what_to_do() -> None:
    finding = only(bot_with(f"TELEGRAM_TOKEN: {TELEGRAM}"))
    assert (finding.code, place(finding)) == ("secret-in-plain-text", (8, 23))
    assert finding.pointer == "/apps/bot/env/TELEGRAM_TOKEN"
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
        ("vcp_" + "a1B2" * 6, "hosting token"),
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


def test_a_variable_that_is_empty_does_not_hide_the_secret_after_it() -> None:
    text = bot_with("GRAPH_PASSWORD: ''\nTELEGRAM_TOKEN: hunter2hunter2")
    assert [each.code for each in findings(text)] == ["secret-in-plain-text"]


def test_a_secret_variable_of_no_known_shape_is_to_be_renewed_where_it_came_from() -> None:
    finding = only(bot_with("TELEGRAM_TOKEN: hunter2hunter2"))
    assert finding.message.startswith("`TELEGRAM_TOKEN` is a secret, and here it stands in plain")
    assert finding.hint.startswith("make this one invalid where it came from")


def test_a_secret_in_a_variable_of_any_name_is_to_be_sealed_there() -> None:
    finding = only(hub_with(f"env: {{SITE_TITLE: {GITHUB}}}"))
    assert finding.hint.endswith("seal that with `provisioner seal nairobi docs SITE_TITLE`")
    assert place(finding) == (6, 23)


def test_only_a_part_of_a_value_that_is_secret_has_nothing_to_be_sealed() -> None:
    finding = only(hub_with("env: {SITE_TITLE: 'neo4j://neo4j:hunter2@graph.example.org'}"))
    assert "provisioner seal" not in finding.hint


def test_a_secret_in_the_first_value_of_a_file_has_its_pointer() -> None:
    found = findings(f"{GITHUB[:40]}\n")
    assert "secret-in-plain-text" in {each.code for each in found}
    named = findings(hub_with().replace("Nairobi", GITHUB, 1))
    assert [(each.pointer, place(each)) for each in named] == [("/name", (1, 7))]


def test_a_secret_in_a_comment_after_a_value_is_not_that_values() -> None:
    finding = only(hub_with() + f"    adopt: false # {GITHUB}\n")
    assert (finding.pointer, place(finding)) == ("", (6, 20))


def test_a_secret_before_every_value_has_no_pointer() -> None:
    finding = only(f"# {GITHUB}\n" + hub_with())
    assert (finding.pointer, place(finding)) == ("", (1, 3))


def test_a_secret_that_stands_just_after_one_that_was_told_is_told_too() -> None:
    text = bot_with(f"TELEGRAM_TOKEN: hunter2hunter2 # {GITHUB}")
    assert [place(each) for each in findings(text)] == [(8, 23), (8, 40)]


def test_a_secret_beside_one_that_was_told_is_told_on_its_own_line_too() -> None:
    text = bot_with(f"TELEGRAM_TOKEN: {TELEGRAM}") + f"# {GITHUB}\n# {GITHUB}\n"
    assert [place(each) for each in findings(text)] == [(8, 23), (9, 3), (10, 3)]


def test_a_secret_that_was_told_over_many_lines_is_told_once_and_the_next_again() -> None:
    block = f"TELEGRAM_TOKEN: |\n  words\n  {GITHUB}\n  {GITHUB}"
    text = bot_with(block) + f"# {GITHUB}\n"
    assert [each.line for each in findings(text)] == [8, 12]


def test_a_secret_on_the_line_before_one_that_was_told_is_told_too() -> None:
    line = f"GRAPH_USER: amina # and here is what nobody may read: {GITHUB}"
    text = bot_with(f"{line}\nTELEGRAM_TOKEN: hunter2hunter2")
    assert [each.line for each in findings(text) if each.code == "secret-in-plain-text"] == [8, 9]


def test_a_secret_key_that_touches_the_value_before_it_is_told_too() -> None:
    text = (
        bot_with("")
        .replace("    env:\n", "")
        .replace(
            "      GRAPH_URI: neo4j+s://graph.example.org\n",
            f"    env: {{TELEGRAM_TOKEN: hunter2hunter2,{GITHUB}: x, GRAPH_URI: y}}\n",
        )
    )
    told = [place(each) for each in findings(text) if each.code == "secret-in-plain-text"]
    assert told == [(6, 27), (6, 42)]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_secret_block_may_end_with_the_file(end: str) -> None:
    text = bot_with("TELEGRAM_TOKEN: |\n  hunter2hunter2").rstrip("\n") + end
    file = checked(text)
    assert [each.code for each in file.findings] == ["secret-in-plain-text"]
    assert file.lines[8] == "        **************"


def test_a_secret_at_the_very_end_of_a_file_is_told_once() -> None:
    text = bot_with(f"TELEGRAM_TOKEN: {TELEGRAM}").rstrip("\n")
    assert [place(each) for each in findings(text)] == [(8, 23)]


def test_a_value_sealed_with_another_key_is_a_warning() -> None:
    present, older = generate_keypair(), generate_keypair()
    catalog = network_with(sealing_key=present.public)
    for pair, codes in ((present, []), (older, ["sealed-with-another-key"])):
        sealed = seal(
            pair.public, "nairobi", "bot", "TELEGRAM_TOKEN", "secret", SystemClock().now()
        )
        file = checked(bot_with(f'TELEGRAM_TOKEN: {{sealed: "{sealed}"}}'), catalog=catalog)
        assert [finding.code for finding in file.findings] == codes
        assert not file.errors


def test_the_example_may_be_sealed_with_any_key() -> None:
    catalog = network_with(sealing_key=generate_keypair().public)
    assert not checked(GOOD, "_example.yaml", catalog).findings


def test_what_to_do_about_another_key_is_said_where_the_value_stands() -> None:
    present, older = generate_keypair(), generate_keypair()
    sealed = seal(older.public, "nairobi", "bot", "TELEGRAM_TOKEN", "secret", SystemClock().now())
    text = bot_with(f'TELEGRAM_TOKEN: {{sealed: "{sealed}"}}')
    (finding,) = checked(text, catalog=network_with(sealing_key=present.public)).findings
    assert place(finding) == (8, 32)
    assert finding.pointer == "/apps/bot/env/TELEGRAM_TOKEN/sealed"
    assert finding.hint.endswith("`provisioner seal nairobi bot TELEGRAM_TOKEN`")


def test_a_network_without_a_key_warns_of_none() -> None:
    assert checked(GOOD).findings == ()
