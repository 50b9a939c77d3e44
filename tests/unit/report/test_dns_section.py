"""The DNS entries that a person sets: what is still to do stands first, and nothing is lost."""

import pytest

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.report.detail import Detail
from provisioner.report.dns_section import dns_section
from tests.unit.report.runs import ZONE, cname, ownership, stray

FULL = Detail()


def entry(name: str, state: DnsState, **more: object) -> DnsEntry:
    fields = {
        "type": "CNAME",
        "name": f"{name}.nairobi.example.org",
        "value": f"{name}.example",
        "state": state,
        "zone": ZONE,
        **more,
    }
    return DnsEntry.model_validate(fields)


def rows(parts: list[str], head: str = "Public DNS answers now") -> list[list[str]]:
    """The cells of the table with this head."""
    (table,) = [part for part in parts if part.startswith("| | Type") and head in part]
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def values(parts: list[str]) -> list[str]:
    return [row[3] for row in rows(parts)]


class TestOrder:
    def test_what_is_wrong_or_missing_stands_before_what_is_done(self) -> None:
        states = (DnsState.OK, DnsState.UNKNOWN, DnsState.MISSING, DnsState.WRONG)
        parts = dns_section([entry(state.value, state) for state in states], FULL)
        assert values(parts) == [
            "`wrong.example`",
            "`missing.example`",
            "`unknown.example`",
            "`ok.example`",
        ]

    def test_entries_of_one_state_keep_their_order(self) -> None:
        names = ("c", "a", "b")
        parts = dns_section([entry(name, DnsState.MISSING) for name in names], FULL)
        assert values(parts) == ["`c.example`", "`a.example`", "`b.example`"]

    def test_of_more_than_are_shown_those_still_to_do_are_kept(self) -> None:
        done = [entry(f"done{n}", DnsState.OK) for n in range(5)]
        parts = dns_section([*done, entry("open", DnsState.MISSING)], Detail(dns_entries=2))
        assert values(parts) == ["`open.example`", "`done0.example`"]


def test_without_entries_nothing_is_said() -> None:
    assert dns_section([], FULL) == []


class TestToDo:
    def test_the_whole_section(self) -> None:
        parts = dns_section([cname(), ownership()], FULL)
        assert parts[0] == "#### DNS entries"
        assert parts[1].startswith(f"Open the website where **{ZONE}** was bought or is managed")
        assert parts[2].startswith("| | Type | Name | Value | Public DNS answers now |\n|---|---|")
        assert parts[3] == "The same as text, to copy or to send on:"
        assert parts[5].startswith("It can take an hour")
        assert len(parts) == 6

    def test_a_row_has_the_short_name_and_below_it_the_whole_one(self) -> None:
        (row,) = rows(dns_section([cname()], FULL))
        assert row == [
            "🟠",
            "CNAME",
            "`docs`<br><sub>docs.nairobi.example.org</sub>",
            "`3f2a9c41d07b65e8.vercel-dns-017.com`",
            "nothing yet",
        ]

    def test_a_name_without_a_zone_stands_once(self) -> None:
        (row,) = rows(dns_section([cname().model_copy(update={"zone": ""})], FULL))
        assert row[2] == "`docs.nairobi.example.org`"

    def test_a_wrong_answer_is_shown(self) -> None:
        (row,) = rows(dns_section([cname(DnsState.WRONG, "a.example.net", "b.example")], FULL))
        assert row[4] == "something else: `a.example.net`<br>`b.example`"

    def test_of_many_wrong_answers_the_first_five_are_shown(self) -> None:
        answers = [f"host{n}.example" for n in range(6)]
        (row,) = rows(dns_section([cname(DnsState.WRONG, *answers)], FULL))
        assert row[4].count("<br>") == 4
        assert "host4" in row[4]
        assert "host5" not in row[4]

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (cname(DnsState.WRONG), "something else"),
            (cname(DnsState.UNKNOWN, "old.example"), "could not be asked"),
            (cname(DnsState.MISSING, "old.example"), "nothing yet"),
        ],
    )
    def test_of_other_states_the_words_say_all(self, given: DnsEntry, words: str) -> None:
        (row,) = rows(dns_section([given], FULL))
        assert row[4] == words

    def test_a_note_stands_below_the_table_once(self) -> None:
        noted = cname(note="The host would rather see this.")
        parts = dns_section([noted, noted, ownership()], FULL)
        assert parts[3] == "- `docs`: The host would rather see this."

    def test_a_note_of_an_entry_that_is_done_is_not_needed(self) -> None:
        parts = dns_section([cname(DnsState.OK, note="Well."), ownership()], FULL)
        assert not any("Well." in part for part in parts)

    def test_a_note_of_an_entry_that_is_not_shown_is_not_shown(self) -> None:
        entries = [cname(note="First."), cname(note="Second.")]
        parts = dns_section(entries, Detail(dns_entries=1))
        assert any("First." in part for part in parts)
        assert not any("Second." in part for part in parts)


class TestZones:
    def where(self, *zones: str) -> str:
        entries = [entry(f"n{n}", DnsState.MISSING, zone=zone) for n, zone in enumerate(zones)]
        return dns_section(entries, FULL)[1]

    def test_each_zone_is_named_once(self) -> None:
        said = self.where("a.org", "b.org", "a.org", "")
        assert "where **a.org** and **b.org** was bought" in said

    def test_of_many_zones_the_first_five_are_named(self) -> None:
        said = self.where(*(f"z{n}.org" for n in range(6)))
        assert "**z0.org**, **z1.org**, **z2.org**, **z3.org** and **z4.org** was" in said
        assert "z5" not in said

    def test_a_zone_that_nobody_knows_is_the_domain(self) -> None:
        assert "where the domain was bought" in self.where("")

    def test_the_zone_of_what_is_done_is_not_named(self) -> None:
        entries = [entry("a", DnsState.OK, zone="done.org"), entry("b", DnsState.MISSING)]
        assert "done.org" not in dns_section(entries, FULL)[1]

    def test_the_zone_of_what_must_go_is_named(self) -> None:
        entries = [entry("a", DnsState.REMOVE, zone="old.org"), entry("b", DnsState.MISSING)]
        assert f"where **{ZONE}** and **old.org** was" in dns_section(entries, FULL)[1]


class TestInTheWay:
    def test_what_must_be_removed_has_a_table_of_its_own_with_the_reason(self) -> None:
        parts = dns_section([stray(), cname()], FULL)
        assert values(parts) == ["`3f2a9c41d07b65e8.vercel-dns-017.com`"]
        assert "**Remove these**, they stand in the way:" in parts
        (row,) = rows(parts, "Why")
        assert row[3:] == ["`2001:db8::17`", "It leads visitors to another server."]

    def test_what_must_be_removed_alone_is_told_too(self) -> None:
        parts = dns_section([stray()], FULL)
        assert parts[:1] == ["#### DNS entries"]
        assert [part for part in parts if "Public DNS answers now" in part] == []
        assert len(rows(parts, "Why")) == 1

    def test_beside_what_is_done_it_is_still_to_do(self) -> None:
        parts = dns_section([cname(DnsState.OK), stray()], FULL)
        assert parts[0] == "#### DNS entries"
        assert len(rows(parts)) == 1

    def test_of_more_than_are_shown_the_first_are_kept(self) -> None:
        parts = dns_section([stray(), stray(), stray()], Detail(dns_entries=2))
        assert len(rows(parts, "Why")) == 2


class TestText:
    def text(self, *entries: DnsEntry) -> str:
        parts = dns_section(entries, FULL)
        return parts[parts.index("The same as text, to copy or to send on:") + 1]

    def test_each_entry_has_three_short_lines(self) -> None:
        said = self.text(cname(), stray())
        assert (
            "Set for nairobi.example.org\n"
            "Type:  CNAME\n"
            "Name:  docs\n"
            "Value: 3f2a9c41d07b65e8.vercel-dns-017.com\n"
            "\n"
            "Remove for nairobi.example.org\n"
            "Type:  AAAA\n"
            "Name:  docs\n"
            "Value: 2001:db8::17"
        ) in said
        assert "\n\nSet" not in said

    def test_without_a_zone_none_is_named(self) -> None:
        said = self.text(cname().model_copy(update={"zone": ""}))
        assert "Set\nType:" in said

    def test_what_is_done_is_not_in_it(self) -> None:
        said = self.text(cname(), ownership(DnsState.OK))
        assert "vc-domain-verify" not in said

    def test_it_can_be_left_out(self) -> None:
        parts = dns_section([cname()], Detail(dns_text=False))
        assert not any("The same as text" in part for part in parts)
        assert len(parts) == 4


class TestAllSet:
    def test_what_is_done_is_folded_away(self) -> None:
        parts = dns_section([cname(DnsState.OK), ownership(DnsState.OK)], FULL)
        assert parts[0] == "<details>\n<summary>✅ 2 DNS entries are set</summary>"
        assert [row[4] for row in rows(parts)] == ["this value", "this value"]
        assert parts[2:] == ["</details>"]

    def test_one_is_said_as_one(self) -> None:
        assert "✅ 1 DNS entry is set" in dns_section([cname(DnsState.OK)], FULL)[0]

    def test_of_many_the_first_are_shown_and_all_counted(self) -> None:
        done = [entry(f"done{n}", DnsState.OK) for n in range(3)]
        parts = dns_section(done, Detail(dns_entries=2))
        assert "3 DNS entries" in parts[0]
        assert len(rows(parts)) == 2
