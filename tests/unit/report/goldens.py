"""The pages that reviewers read word by word, kept in `golden/`.

`python -m tests.unit.report.goldens` writes them anew; the diff is then the review.
"""

from collections.abc import Callable
from pathlib import Path

from provisioner.report.comment import render_run
from provisioner.report.plan import plan_text
from provisioner.report.pull_request import render_pull_request
from provisioner.report.status import status_text
from provisioner.report.summary import render_summary
from tests.unit.report import plans, runs

FOLDER = Path(__file__).parent / "golden"

GOLDENS: dict[str, Callable[[], str]] = {
    "comment_running.md": lambda: render_run(runs.running_run(), runs.LINKS),
    "comment_waiting_for_dns.md": lambda: render_run(runs.waiting_run(), runs.LINKS),
    "comment_failed.md": lambda: render_run(runs.failed_run(), runs.LINKS),
    "comment_live.md": lambda: render_run(runs.completed_run(), runs.LINKS),
    "comment_retired.md": lambda: render_run(runs.retired_run(), runs.LINKS),
    "pull_request_broken.md": lambda: render_pull_request(plans.BROKEN, None, plans.HEAD),
    "pull_request_ready.md": lambda: render_pull_request(plans.GOOD, plans.new_hub(), plans.HEAD),
    "pull_request_blocked.md": lambda: render_pull_request(
        plans.GOOD, plans.blocked_hub(), plans.HEAD
    ),
    "summary_of_three_hubs.md": lambda: render_summary(
        [
            runs.completed_run(),
            runs.named(runs.waiting_run(), "accra-hub", "Accra Hub", 13),
            runs.named(runs.failed_run(), "lagos-hub", "Lagos Hub", 14),
        ],
        runs.LINKS,
    ),
    "plan.txt": lambda: plan_text([plans.new_hub(), plans.blocked_hub(), plans.settled_hub()]),
    "status.txt": lambda: status_text([runs.failed_run(), runs.retired_run()]) + "\n",
}

if __name__ == "__main__":
    for name, render in GOLDENS.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")
