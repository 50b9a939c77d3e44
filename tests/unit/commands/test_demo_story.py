"""What the demo tells: its scenes in their order, and both apps are live in the end.

In a sandbox that takes no time: the story is what its stand-ins answer, and nothing else.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from provisioner.commands.demo_story import Story
from provisioner.errors import TokenRefused
from provisioner.models.run import Run, RunState
from provisioner.output import SafeStream, redactor_of
from provisioner.sandbox.server import Sandbox
from tests.conftest import judged_sandbox

WIDTH = 70
SCENES = [
    "A hub asks for its apps",
    "The mistakes are fixed",
    "A network maintainer merges",
    "The facilitator reads the comment",
    "Both apps are live",
]
IN_THIS_ORDER = (
    "A hub asks for its apps ──",
    "Only GitHub, Vercel, Telegram and DNS are stand-ins",
    "amina-k adds one file, hubs/nairobi.yaml",
    "domains: https://docs.nairobi.example.org",
    "Two mistakes.",
    "❌ 2 things to fix in hubs/nairobi.yaml.",
    "The mistakes are fixed ──",
    "The same comment now says",
    "✅ hubs/nairobi.yaml is ready to be merged",
    "A network maintainer merges ──",
    "From here on nobody types anything",
    "The hub is provisioned:",
    "🟡 nairobi/docs Copy the repository: working",
    "🟠 nairobi DNS: CNAME docs.nairobi.example.org = ",
    "The facilitator reads the comment ──",
    "🟠 Nairobi Commons is waiting for DNS entries.",
    "She sets the entries",
    "The schedule wakes the run.",
    "Both apps are live ──",
    "✅ Nairobi Commons is live. Nobody has to do anything.",
    "Run it again at any time:",
)


class Changed:
    """Another object, with some of its parts replaced."""

    def __init__(self, whole: object, **parts: object) -> None:
        self._whole = whole
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


def changed(sandbox: Sandbox | None = None, **parts: object) -> Sandbox:
    return cast(Sandbox, Changed(sandbox, **parts))


def story(sandbox: Sandbox, folder: Path, page: io.StringIO | None = None) -> Story:
    redactor = redactor_of(sandbox.environment)
    stream = SafeStream(page or io.StringIO(), redactor)
    return Story(sandbox, folder, Console(file=cast(Any, stream), width=WIDTH), redactor)


@dataclass(frozen=True)
class Told:
    story: Story
    run: Run
    page: str

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.page.splitlines()]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Told once; the tests look at different parts of it."""
    with judged_sandbox() as sandbox:
        page = io.StringIO()
        one = story(sandbox, tmp_path_factory.mktemp("demo"), page)
        run = one.tell()
        yield Told(one, run, page.getvalue())


def test_the_scenes_follow_each_other(told: Told) -> None:
    titles = [line.partition(" ──")[0] for line in told.lines if line.endswith("──")]

    assert [title for title in titles if title.strip()] == SCENES


def test_everything_is_shown_in_its_order(told: Told) -> None:
    text = " ".join(told.page.split())
    at = 0
    for part in IN_THIS_ORDER:
        assert part in text[at:], f"{part} is missing, or at another place"
        at = text.index(part, at) + len(part)


def test_what_is_said_stands_apart_and_the_file_is_indented(told: Told) -> None:
    title, said = told.lines[1], told.lines.index("    name: Nairobi Commons")

    assert (told.lines[0], title.startswith(SCENES[0]), told.lines[2]) == ("", True, "")
    assert told.lines[3].startswith("Everything below is real: ")
    assert told.lines[said - 4 : said] == [
        "",
        "",
        "amina-k adds one file, hubs/nairobi.yaml, and opens a pull request:",
        "",
    ]


def test_long_lines_are_whole(told: Told) -> None:
    """A sealed value is wrapped, and a line of the run stays one."""
    squeezed = "".join(told.page.split())

    assert re.search(r"\{sealed:v1\.[\w.-]{200,}\}", squeezed)
    assert any("nairobi DNS: CNAME" in line and "(nothing yet)" in line for line in told.lines)


def test_the_hub_is_live_and_its_one_comment_says_so(told: Told) -> None:
    (comment,) = told.story.comments()

    assert told.run.state is RunState.COMPLETED
    assert (told.story.number, told.run.pull_request) == (1, 1)
    assert "✅ Nairobi Commons is live" in comment


def test_each_request_is_counted_by_its_api(told: Told) -> None:
    assert set(told.story.requests()) >= {"github", "vercel"}


def test_of_nothing_that_was_told_yet_there_is_no_comment(sandbox: Sandbox, tmp_path: Path) -> None:
    one = story(sandbox, tmp_path)
    sandbox.control.open_pull_request(title="Another", author="joseph-m", files={"a.md": "x"})

    assert (one.number, one.comments()) == (0, [])


def test_comments_of_other_pull_requests_are_not_its(sandbox: Sandbox, tmp_path: Path) -> None:
    comments = [{"number": 1, "body": "one"}, {"number": 2, "body": "two"}]
    control = Changed(sandbox.control, world=lambda: {"github": {"comments": comments}})
    one = story(changed(sandbox, control=control), tmp_path)
    one.number = 2

    assert one.comments() == ["two"]


def test_an_end_that_is_none_is_not_called_one(sandbox: Sandbox, tmp_path: Path) -> None:
    def forget(records: Sequence[object]) -> None:
        """Nobody sets the entries."""

    page = io.StringIO()
    control = Changed(sandbox.control, set_dns=forget)

    run = story(changed(sandbox, control=control), tmp_path, page).tell()

    assert run.state is RunState.WAITING
    assert "Something went wrong: this is a bug" in page.getvalue()
    assert SCENES[-1] not in page.getvalue()


def test_a_hub_that_cannot_be_run_ends_it_with_the_reason(sandbox: Sandbox, tmp_path: Path) -> None:
    environ = {**sandbox.environment, "VERCEL_TOKEN": "a-token-of-nobody"}

    with pytest.raises(TokenRefused):
        story(changed(sandbox, environment=environ), tmp_path).tell()
