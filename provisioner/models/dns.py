"""DNS entries that a person has to set, and what public DNS answers. Frozen, no I/O."""

from enum import StrEnum

from provisioner.models.hub import Frozen


class DnsState(StrEnum):
    """What public DNS says of one entry."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"
    REMOVE = "remove"
    """The entry stands in public DNS and must go: it hinders the site or its certificate."""
    UNKNOWN = "unknown"
    """Public DNS could not be asked."""


class DnsEntry(Frozen):
    """One entry. `name` is the full host name; `zone` the domain it is registered under.

    `also` are values that serve as well as `value`; one of all is enough.
    """

    type: str
    name: str
    value: str
    state: DnsState = DnsState.UNKNOWN
    zone: str = ""
    also: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    note: str = ""

    @property
    def relative_name(self) -> str:
        """The name as a registrar's form wants it: relative to the zone, `@` for the zone."""
        if not self.zone or self.name == self.zone:
            return "@" if self.zone else self.name
        return self.name.removesuffix(f".{self.zone}")
