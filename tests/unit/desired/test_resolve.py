"""From hub files to what the hubs ask for: defaults, digests, and who is broken or gone."""

from pathlib import Path

import pytest

from provisioner.desired.catalog import Catalog
from provisioner.desired.resolve import digest_of, load_hubs
from provisioner.errors import ConfigurationError
from provisioner.models.app import DesiredHub
from provisioner.models.catalog import CatalogEntry
from provisioner.models.hub import Sealed
from tests.unit.desired.given import GOOD, SEALED, desired, hub_with, own_catalog


def nairobi(text: str, catalog: Catalog | None = None) -> DesiredHub:
    return desired({"nairobi.yaml": text}, catalog).hubs["nairobi"]


def test_a_hub_as_it_was_asked_for() -> None:
    hub = nairobi(GOOD)
    assert (hub.id, hub.title, hub.maintainers) == (
        "nairobi",
        "Nairobi Commons",
        ("amina-k", "joseph-m"),
    )
    docs, bot = hub.apps
    assert docs.repository == "nairobi-commons/nairobi--docs"
    assert docs.team == "nairobi-commons"
    assert docs.domains == ("docs.nairobi.example.org",)
    assert docs.entry.app.workflow == "website"
    assert bot.env == {
        "GRAPH_URI": "neo4j+s://graph.example.org",
        "TELEGRAM_TOKEN": Sealed(sealed=SEALED),
    }


def test_what_is_left_out_is_the_networks_own() -> None:
    (docs,) = nairobi(hub_with()).apps
    assert (docs.owner, docs.team) == ("example-network", "example-network")
    assert (docs.domains, docs.env, docs.adopt) == ((), {}, False)


class TestDigest:
    def test_words_and_order_do_not_count(self) -> None:
        other = (
            "# a comment\napps:\n"
            + "  bot:\n    env:\n"
            + f'      TELEGRAM_TOKEN: {{"sealed": {SEALED}}}\n'
            + "      GRAPH_URI: 'neo4j+s://graph.example.org'\n    app: telegram-bot\n"
            + "  docs:\n    env:\n      SITE_TITLE: Nairobi Commons\n    app: docs-site\n"
            + "    domains:\n    - docs.nairobi.example.org\n    adopt: false\n"
            + "vercel:\n  team: nairobi-commons\ngithub:\n  owner: nairobi-commons\n"
            + "maintainers: [someone-else]\nname: Another Name\n"
        )
        assert nairobi(GOOD).digest == nairobi(other).digest

    def test_a_default_written_out_does_not_count(self) -> None:
        written = hub_with(top="github: {owner: example-network}\n")
        assert nairobi(hub_with()).digest == nairobi(written).digest

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("owner: nairobi-commons", "owner: other"),
            ("team: nairobi-commons", "team: other"),
            ("  docs:", "  pages:"),
            ("docs.nairobi.example.org", "www.nairobi.example.org"),
            ("[docs.nairobi.example.org]", "[docs.nairobi.example.org, a.example.org]"),
            ("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Nairobi"),
            ("{SITE_TITLE: Nairobi Commons}", "{}"),
            ("AAAA", "AAAB"),
            ("app: docs-site\n", "app: docs-site\n    adopt: true\n"),
        ],
    )
    def test_whatever_changes_the_world_counts(self, old: str, new: str) -> None:
        assert nairobi(GOOD).digest != nairobi(GOOD.replace(old, new, 1)).digest

    @pytest.mark.parametrize(
        ("change", "counts"),
        [
            ({"health": "/up"}, True),
            ({"source": "example-network/other"}, True),
            ({"copy": "template"}, True),
            ({"workflow": "other"}, True),
            ({"build": {"framework": "hugo"}}, True),
            ({"title": "Another", "description": "Other words"}, False),
        ],
    )
    def test_of_the_catalog_counts_what_the_app_is_made_of(
        self, change: dict[str, object], counts: bool
    ) -> None:
        entry = own_catalog().entries["docs-site"]
        app = type(entry.app).model_validate({**entry.app.model_dump(by_alias=True), **change})
        catalog = Catalog(
            own_catalog().network, {"docs-site": CatalogEntry(id="docs-site", app=app)}
        )
        changed = nairobi(hub_with(), catalog).digest != nairobi(hub_with()).digest
        assert changed is counts

    def test_it_stays_the_same_over_releases(self) -> None:
        """A new digest makes every hub of every network run again: change it on purpose only."""
        catalog = own_catalog()
        bare = catalog.entries["docs-site"].app.model_validate(
            {"title": "Blog", "source": "own/blog", "workflow": "website"}
        )
        own = Catalog(catalog.network, {"docs-site": CatalogEntry(id="docs-site", app=bare)})
        assert nairobi(hub_with("domains: [a.example.org]\nenv: {}"), own).digest == (
            "8a1b0ed3caa5f8dea4dbbe37c45522f20011f020eb8c010604b25e189bc6dd10"
        )

    def test_letters_of_every_script_count_the_same_over_releases(self) -> None:
        entry = own_catalog().entries["docs-site"]
        (docs,) = nairobi(hub_with("env: {SITE_TITLE: Ñandú}")).apps
        plain = entry.app.model_validate({"title": "x", "source": "a/b", "workflow": "website"})
        bare = docs.model_copy(update={"entry": CatalogEntry(id="docs-site", app=plain)})
        assert digest_of([bare]) == (
            "459240f8dfa3147639b2b7eaadbe9d87eaa7b052b55dc47b23cafc6385a49acf"
        )


class TestDirectory:
    def test_valid_broken_and_example_files(self, tmp_path: Path) -> None:
        (tmp_path / "nairobi.yaml").write_text(GOOD)
        (tmp_path / "kisumu.yaml").write_text("name: [\n")
        (tmp_path / "mombasa.yaml").symlink_to("nairobi.yaml")
        (tmp_path / "eldoret.yaml").mkdir()
        (tmp_path / "_example.yaml").write_text("")
        (tmp_path / "README.md").write_text("words")
        state = load_hubs(tmp_path, own_catalog())
        assert set(state.hubs) == {"nairobi"}
        assert set(state.broken) == {"kisumu", "mombasa", "eldoret"}
        assert all(errors for errors in state.broken.values())
        assert {file.hub for file in state.files if file.errors} == {*state.broken, "_example"}

    def test_a_file_in_another_hubs_place_is_found_by_its_hub(self, tmp_path: Path) -> None:
        (tmp_path / "Nairobi.yml").write_text(GOOD)
        state = load_hubs(tmp_path, own_catalog())
        file = state.file_of("nairobi")
        assert file is not None
        assert file.path.endswith("Nairobi.yml")
        assert state.file_of("kisumu") is None

    def test_an_empty_directory_asks_for_nothing(self, tmp_path: Path) -> None:
        state = load_hubs(tmp_path, own_catalog())
        assert (state.hubs, state.broken, state.files) == ({}, {}, ())

    def test_no_directory_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError):
            load_hubs(tmp_path / "hubs", own_catalog())

    def test_warnings_break_nothing(self) -> None:
        state = desired({"nairobi.yaml": "\ufeff" + GOOD})
        assert state.files[0].findings
        assert set(state.hubs) == {"nairobi"}

    def test_hubs_that_claim_the_same_domain_are_both_left_alone(self) -> None:
        text = hub_with("domains: [docs.example.org]")
        state = desired({"nairobi.yaml": text, "kisumu.yaml": text, "mombasa.yaml": hub_with()})
        assert set(state.broken) == {"nairobi", "kisumu"}
        assert set(state.hubs) == {"mombasa"}
