"""A receipt is compared with the world, app by app; what could not be seen is not the same."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from provisioner.commands.verify_receipt import verify
from provisioner.errors import ExitCode
from provisioner.models.remote import Deployment
from tests.unit.answering import Given, answering
from tests.unit.commands.command import Outcome, run
from tests.unit.commands.test_receipt import Services, saved, world
from tests.unit.receipts.receipts import COPY, PROJECT, RECEIPT


class TestCompared:
    def test_a_world_as_the_receipt_says_is_the_same(self) -> None:
        found = verify(world().wiring, RECEIPT)

        assert (found.hub, found.same) == ("nairobi", True)

    def test_a_difference_is_told_with_its_app(self) -> None:
        services = Services()
        services.present = PROJECT.model_copy(update={"paused": True})

        found = verify(world(services).wiring, RECEIPT)

        assert [(item.app, item.what) for item in found.differences] == [("docs", "paused")]
        assert found.unchecked == ()

    def test_an_app_that_cannot_be_looked_at_hides_no_difference_of_another(self) -> None:
        (docs,) = RECEIPT.apps
        wiki = docs.model_copy(
            update={
                "id": "wiki",
                "domains": ("other.example.org",),
                "repository": docs.repository.model_copy(update={"name": "nairobi--wiki"}),
            }
        )
        two = RECEIPT.model_copy(update={"apps": (docs, wiki)})

        found = verify(world(Services(403)).wiring, two)

        assert [(item.app, item.reason) for item in found.unchecked] == [("docs", "No.")]
        assert {item.app for item in found.differences} == {"wiki"}
        assert not found.same

    def test_a_bug_is_no_difference(self) -> None:
        class Broken(Services):
            def deployments(self, team: str, project_id: str) -> Iterable[Deployment]:
                raise ValueError("odd")

            def deployment(self, team: str, deployment_id: str) -> Deployment:
                raise ValueError("odd")

        with pytest.raises(ValueError, match="odd"):
            verify(world(Broken()).wiring, RECEIPT)


class TestCommand:
    """GitHub and the host, of which nothing is there, or which refuse to show it."""

    def verified(self, folder: Path, status: int, *arguments: str) -> Outcome:
        refusal = {"message": "No.", "error": {"code": "no", "message": "No."}}
        with answering(Given(status, json.dumps(refusal))) as server:
            environ = {
                "GITHUB_API_URL": server.url,
                "VERCEL_API_URL": server.url,
                "GITHUB_REPOSITORY": RECEIPT.network,
                "PROVISIONER_GITHUB_TOKEN": "a-token-of-github",
                "VERCEL_TOKEN": "a-token-of-the-host",
            }
            path = str(saved(RECEIPT, folder))
            return run("verify-receipt", path, *arguments, stdin=b"", **environ)

    def test_what_is_not_there_is_a_difference(self, tmp_path: Path) -> None:
        told = self.verified(tmp_path, 404)

        assert told.code == ExitCode.FINDINGS
        assert (
            f"nairobi: docs: repository: the receipt says {COPY}, now there is nothing" in told.out
        )

    def test_json_says_the_same(self, tmp_path: Path) -> None:
        told = self.verified(tmp_path, 404, "--format", "json")

        document = json.loads(told.out)
        assert (told.code, document["ok"], document["hub"]) == (1, False, "nairobi")
        assert told.out == json.dumps(document, indent=2) + "\n"
        assert document["differences"][0] == {
            "app": "docs",
            "what": "repository",
            "wanted": COPY,
            "found": "",
        }

    def test_what_cannot_be_seen_is_not_the_same(self, tmp_path: Path) -> None:
        told = self.verified(tmp_path, 403)

        assert told.code == ExitCode.FINDINGS
        assert told.out.startswith("nairobi: docs: could not be checked: ")

    def test_what_is_no_receipt_is_wrong_use(self, tmp_path: Path) -> None:
        told = run("verify-receipt", str(tmp_path))

        assert (told.code, told.out) == (ExitCode.USAGE, "")
