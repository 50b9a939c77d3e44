"""Whatever anybody puts into a hub file: no exception, and every finding has a place."""

from io import StringIO
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from provisioner.desired.judge import MOST_FINDINGS
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.compose import compose
from provisioner.models.hub import Hub
from provisioner.redaction import Redactor
from provisioner.report.findings import as_annotations, as_json, as_text
from tests.unit.desired.given import GOOD, SEALED, checked

WORDS = """
    name maintainers github vercel apps owner team docs bot app domains env adopt sealed
    SITE_TITLE GRAPH_URI TELEGRAM_TOKEN a_b x-y
"""
KEYS = st.sampled_from(WORDS.split())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["docs-site", "telegram-bot", "amina-k", "docs.example.org", "https://x.org"]),
    st.sampled_from([SEALED, "…", "v1.x", "*.example.org", "@amina", "“x”", "a: b", "1.2.3.4"]),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=30,
)
APPS = st.dictionaries(
    KEYS,
    st.fixed_dictionaries(
        {"app": st.sampled_from(["docs-site", "telegram-bot", "x"])},
        optional={"domains": ANYTHING, "env": ANYTHING, "adopt": ANYTHING},
    )
    | ANYTHING,
    max_size=4,
)
NEARLY_HUBS = st.fixed_dictionaries(
    {"name": SCALARS, "maintainers": st.lists(SCALARS, max_size=3), "apps": APPS | ANYTHING},
    optional={"github": ANYTHING, "vercel": ANYTHING, "domains": ANYTHING},
)
MARKS = st.text(alphabet=" \t\n\r-:,[]{}#&*!|>'\"%@`?~<abn01.\u00a0\u2028\ufeff\\", max_size=60)
LINES = st.lists(
    st.builds("{}{}: {}".format, st.sampled_from(["", "  ", "    ", "- ", "\t"]), KEYS, MARKS),
    max_size=8,
).map("\n".join)


def assert_sound(file: JudgedFile) -> None:
    assert len(file.findings) <= MOST_FINDINGS + 1
    for finding in file.findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.message
        assert finding.hint
        assert finding.line <= max(len(file.lines), 1)
        assert len(finding.message) + len(finding.hint) < 1000
    positions = [(finding.line, finding.column) for finding in file.findings[:MOST_FINDINGS]]
    assert positions == sorted(positions)
    assert as_text([file])
    assert bool(as_annotations([file], Redactor())) == bool(file.findings)
    assert as_json([file])


@settings(max_examples=150)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(b"a: \xed\xa0\x80")
def test_any_bytes(data: bytes) -> None:
    assert_sound(checked(data))


@settings(max_examples=250)
@given(MARKS | LINES | st.text(max_size=200))
@example('a: [b:c, "\\uD800"]')
@example("a: [b:c, ]\n%\n")
@example("? |\n")
@example("? 'a`b\\n" + "c" * 3000 + "'\n: {}\n")
@example("apps: {'" + "x`" * 2000 + "': }\n")
@example("apps:\n  '" + "y" * 3000 + "': {app: telegram-bot, env: {'" + "z" * 3000 + "': 5}}\n")
@example(f"'{'x' * 3000}': 1\n'{'x' * 3000}': 2\n")
@example("name: " + "9" * 5000)
@example("- - - - - - - - - - - - - - -")
@example("\r")
@example("a:\n  ? b\n  : {c: [d, *e]}\n...\n%TAG ! x\n")
@example('a: "\\x00\\u0007\\U0010FFFF"\n')
def test_any_text_that_looks_like_yaml(text: str) -> None:
    assert_sound(checked(text))


@settings(max_examples=150)
@given(st.data())
def test_a_good_file_with_something_broken_in_it(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 20)))
    assert_sound(checked(GOOD[:start] + data.draw(MARKS) + GOOD[end:]))


def written(data: Any, flow: bool) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = flow
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue()


@settings(max_examples=150)
@given(NEARLY_HUBS | ANYTHING, st.booleans())
def test_any_data(data: object, flow: bool) -> None:
    assert_sound(checked(written(data, flow)))


@settings(max_examples=150)
@given(NEARLY_HUBS, st.booleans())
def test_what_has_no_errors_is_a_hub(data: dict[str, object], flow: bool) -> None:
    file = checked(written(data, flow))
    if not file.errors:
        Hub.model_validate(file.document.data)


@settings(max_examples=100)
@given(
    st.recursive(
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12).filter(
            lambda text: not text.startswith("?")  # both parsers take `[?a]` for a key
        )
        | st.integers(-(10**6), 10**6)
        | st.booleans()
        | st.none(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), inner, max_size=4)
        ),
        max_leaves=20,
    ).map(lambda inner: {"top": inner}),
    st.booleans(),
)
def test_what_was_written_is_read(data: dict[str, object], flow: bool) -> None:
    composed = compose(written(data, flow))
    assert composed.data == data
    assert not composed.findings


@settings(max_examples=100)
@given(st.lists(st.text("abcdef/~ é", min_size=1, max_size=8), min_size=1, max_size=5, unique=True))
def test_every_place_is_where_the_text_stands(keys: list[str]) -> None:
    text = "".join(f'  "{key}":   "v{number}"\n' for number, key in enumerate(keys))
    composed = compose(text)
    lines = text.split("\n")
    for number, key in enumerate(keys):
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        key_mark, value_mark = composed.keys[pointer], composed.values[pointer]
        assert lines[key_mark.line - 1][key_mark.column - 1 :].startswith(f'"{key}"')
        assert lines[value_mark.line - 1][value_mark.column - 1 :] == f'"v{number}"'
