"""What came of an Actions run, read from act's log: jobs, annotations, summaries. Runs nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_HIDING = '"command":"add-mask"'


@dataclass(frozen=True)
class Annotation:
    """A `::error` or `::warning` of a job, as GitHub would show it on a line."""

    level: str
    message: str
    properties: Mapping[str, str]


@dataclass
class Job:
    """One job; a matrix makes several of the same id. `ended` is empty where it did not run."""

    id: str
    matrix: Mapping[str, str]
    ended: str = ""
    steps: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    summary: str = ""

    @property
    def succeeded(self) -> bool:
        """By its steps where there is a matrix: act gives all its jobs the result of one."""
        failed = "failure" in self.steps.values()
        return not failed and (bool(self.matrix) or self.ended == "success")

    @property
    def log(self) -> str:
        return "".join(self.lines)


@dataclass(frozen=True)
class ActionsRun:
    """One run of one workflow. `text` is all that act printed."""

    id: int
    succeeded: bool
    jobs: tuple[Job, ...]
    text: str

    @property
    def shown(self) -> str:
        """What a reader of the log can see; orders to hide something are not shown."""
        return "\n".join(line for line in self.text.splitlines() if _HIDING not in line)

    @property
    def hidden(self) -> set[str]:
        """What jobs had hidden from their logs."""
        return {entry["arg"] for entry in _entries(self.text) if entry.get("command") == "add-mask"}

    def ran(self) -> list[str]:
        """The ids of the jobs that ran, each once, sorted."""
        return sorted({job.id for job in self.jobs})

    def job(self, job_id: str, **matrix: str) -> Job:
        """The only job of this id, with these values of the matrix; an AssertionError if none."""
        found = [
            job for job in self.jobs if job.id == job_id and matrix.items() <= job.matrix.items()
        ]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} jobs {job_id} {matrix} in:\n{self.text}")
        return found[0]


def read_run(run_id: int, exit_code: int, output: str) -> ActionsRun:
    """From the lines of `act --json`; lines that are no JSON are only kept as text."""
    jobs: dict[tuple[str, str], Job] = {}
    for entry in _entries(output):
        if "jobID" in entry:
            matrix = {key: str(value) for key, value in (entry.get("matrix") or {}).items()}
            key = (entry["jobID"], json.dumps(matrix, sort_keys=True))
            _note(jobs.setdefault(key, Job(entry["jobID"], matrix)), entry)
    ran = tuple(job for job in jobs.values() if job.ended)
    return ActionsRun(run_id, exit_code == 0, ran, output)


def _entries(output: str) -> Iterable[dict[str, Any]]:
    for line in output.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _note(job: Job, entry: Mapping[str, Any]) -> None:
    job.ended = entry.get("jobResult", job.ended)
    if entry.get("raw_output"):
        job.lines.append(entry["msg"])
    if entry.get("stage") == "Main" and "stepResult" in entry:
        job.steps[entry["step"]] = entry["stepResult"]
    if entry.get("command") in ("error", "warning"):
        properties = entry.get("kvPairs") or {}
        job.annotations.append(Annotation(entry["command"], entry["arg"], properties))
    if entry.get("command") == "summary":
        job.summary += entry["content"]
