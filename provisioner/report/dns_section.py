"""The DNS entries that a person sets: a table, what stands in the way, and a text to copy."""

from collections.abc import Sequence

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.report.detail import EVERYTHING, Detail
from provisioner.report.prose import prose
from provisioner.report.words import DNS_ICONS, DNS_STATES, counted, listed
from provisioner.safetext import markdown, markdown_block, markdown_code, markdown_table_cell

_ORDER = (DnsState.WRONG, DnsState.MISSING, DnsState.UNKNOWN, DnsState.OK)


def dns_section(entries: Sequence[DnsEntry], detail: Detail) -> list[str]:
    """Paragraphs of Markdown; none without entries. What is still to do comes first."""
    wanted = sorted(
        (entry for entry in entries if entry.state is not DnsState.REMOVE),
        key=lambda entry: _ORDER.index(entry.state),
    )
    hindering = [entry for entry in entries if entry.state is DnsState.REMOVE]
    to_do = [entry for entry in wanted if entry.state is not DnsState.OK]
    if not to_do and not hindering:
        return _all_set(wanted, detail)
    parts = ["#### DNS entries", _where(to_do + hindering)]
    if wanted:
        parts += [_table(wanted[: detail.dns_entries]), *_notes(wanted[: detail.dns_entries])]
    if hindering:
        why = [(entry, prose(entry.note)) for entry in hindering[: detail.dns_entries]]
        parts += ["**Remove these**, they stand in the way:", _rows("Why", why)]
    if detail.dns_text:
        parts += ["The same as text, to copy or to send on:", _text(to_do, hindering)]
    return [*parts, "It can take an hour until everyone sees a change. Nobody has to report back."]


def _all_set(entries: Sequence[DnsEntry], detail: Detail) -> list[str]:
    if not entries:
        return []
    count = counted(len(entries), "DNS entry is", "DNS entries are")
    table = _table(entries[: detail.dns_entries])
    return [f"<details>\n<summary>✅ {count} set</summary>", table, "</details>"]


def _where(entries: Sequence[DnsEntry]) -> str:
    zones = dict.fromkeys(entry.zone for entry in entries if entry.zone)
    named = [f"**{markdown(zone, 260)}**" for zone in zones][:5]
    domain = listed(named) or "the domain"
    return (
        f"Open the website where {domain} was bought or is managed, and there the page for DNS. "
        "Make these changes; some forms want the short name, some the whole one."
    )


def _table(entries: Sequence[DnsEntry]) -> str:
    return _rows("Public DNS answers now", [(entry, _answer(entry)) for entry in entries])


def _rows(last_column: str, entries: Sequence[tuple[DnsEntry, str]]) -> str:
    rows = [
        f"| {DNS_ICONS[entry.state]} | {markdown_table_cell(entry.type)} | {_name(entry)} "
        f"| {markdown_table_cell(entry.value, code=True)} | {last} |"
        for entry, last in entries
    ]
    head = [f"| | Type | Name | Value | {last_column} |", "|---|---|---|---|---|"]
    return "\n".join(head + rows)


def _name(entry: DnsEntry) -> str:
    short = markdown_table_cell(entry.relative_name, code=True)
    if entry.relative_name == entry.name:
        return short
    return f"{short}<br><sub>{markdown(entry.name)}</sub>"


def _answer(entry: DnsEntry) -> str:
    """The state in words, and the answer where it is another one."""
    answers = [markdown_table_cell(answer, 200, code=True) for answer in entry.answers[:5]]
    if entry.state is not DnsState.WRONG or not answers:
        return DNS_STATES[entry.state]
    return f"{DNS_STATES[entry.state]}: {'<br>'.join(answers)}"


def _notes(entries: Sequence[DnsEntry]) -> list[str]:
    lines = [
        f"- {markdown_code(entry.relative_name)}: {prose(entry.note)}"
        for entry in entries
        if entry.note and entry.state is not DnsState.OK
    ]
    return ["\n".join(dict.fromkeys(lines))] if lines else []


def _text(to_set: Sequence[DnsEntry], to_remove: Sequence[DnsEntry]) -> str:
    """Three short lines an entry: it must not run over the edge of a phone."""
    lines: list[str] = []
    for verb, entries in (("Set", to_set), ("Remove", to_remove)):
        for entry in entries:
            zone = f" for {entry.zone}" if entry.zone else ""
            lines += ["", f"{verb}{zone}"]
            lines += [f"Type:  {entry.type}", f"Name:  {entry.relative_name}"]
            lines += [f"Value: {entry.value}"]
    return markdown_block(lines[1:], EVERYTHING)
