"""Compares what public DNS answers with what is wanted. Pure: asks nobody."""

from ipaddress import ip_address

from provisioner.models.dns import DnsEntry, DnsState


def state_of(entry: DnsEntry, answers: tuple[str, ...]) -> DnsState:
    """The entry's state, given every value that stands at its name."""
    if entry.state is DnsState.REMOVE:
        return DnsState.REMOVE if _still_there(entry, answers) else DnsState.OK
    if entry.type == "TXT":
        return _proof(entry.value, answers)
    serving = {comparable(value) for value in (entry.value, *entry.also)}
    if not answers:
        return DnsState.MISSING
    held = {comparable(answer) for answer in answers}
    return DnsState.OK if held <= serving else DnsState.WRONG


def _still_there(entry: DnsEntry, answers: tuple[str, ...]) -> bool:
    """Hosts write CAA values in several ways, so any at that name counts."""
    if entry.type == "CAA" or not entry.value:
        return bool(answers)
    return comparable(entry.value) in {comparable(answer) for answer in answers}


def _proof(wanted: str, answers: tuple[str, ...]) -> DnsState:
    """Other values may stand beside a proof, letters count, and an outdated proof is wrong.

    A value as it is pasted with quotation marks is wrong as well.
    """
    if wanted.strip() in {answer.strip() for answer in answers}:
        return DnsState.OK
    head, comma, _ = wanted.rpartition(",")
    label = head + comma or wanted
    similar = any(answer.strip(" \"'").startswith(label) for answer in answers)
    return DnsState.WRONG if similar else DnsState.MISSING


def comparable(value: str) -> str:
    """One spelling for values that mean the same: case, last dot, forms of an address."""
    plain = value.strip().removesuffix(".").lower()
    try:
        return str(ip_address(plain))
    except ValueError:
        return plain
