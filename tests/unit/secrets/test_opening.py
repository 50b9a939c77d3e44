"""Whoever opens a sealed value says since when the hub's name has its owner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from provisioner.actions.register_webhook import RegisterWebhook
from provisioner.actions.set_environment import SetEnvironment
from provisioner.clock import ManualClock
from provisioner.engine.step import Assessment
from provisioner.errors import FatalError
from provisioner.models.hub import Sealed
from provisioner.models.plan import Verdict
from provisioner.models.remote import VariableSetting
from provisioner.redaction import Redactor
from provisioner.secrets.opening import SealedSecrets
from provisioner.secrets.sealing import generate_keypair, seal
from tests.unit.actions.hosted import EPOCH, Hosted, app, done, readers, writers

PAIR = generate_keypair()
PLACE = ("nairobi", "docs", "TELEGRAM_TOKEN")
TOKEN = "123456789:AAExampleExampleExampleExampleExamp"


@dataclass
class Asked:
    """Opens nothing for real; keeps what it was asked."""

    since: list[datetime | None] = field(default_factory=list)

    def open(
        self, hub: str, app: str, name: str, value: str | Sealed, since: datetime | None = None
    ) -> str:
        self.since.append(since)
        return TOKEN


class Taking:
    """A host and a Telegram that take everything."""

    def set_variables(self, team: str, project: str, settings: Sequence[VariableSetting]) -> None:
        pass

    def set_webhook(self, token: str, url: str, secret: str) -> None:
        pass


def test_a_value_of_the_names_former_owner_is_neither_used_nor_masked() -> None:
    masked: list[str] = []
    clock = ManualClock()
    secrets = SealedSecrets(PAIR.private, Redactor().register, masked.append, clock)
    value = Sealed(sealed=seal(PAIR.public, *PLACE, TOKEN, clock.now()))

    with pytest.raises(FatalError, match="another owner"):
        secrets.open(*PLACE, value, clock.now() + timedelta(seconds=1))
    assert masked == []
    assert secrets.open(*PLACE, value, clock.now()) == TOKEN
    assert masked == [TOKEN]


def test_the_clock_that_was_handed_in_judges_the_time_of_sealing() -> None:
    secrets = SealedSecrets(PAIR.private, Redactor().register, lambda _: None, ManualClock())
    later = ManualClock().now() + timedelta(days=2)
    value = Sealed(sealed=seal(PAIR.public, *PLACE, TOKEN, later))
    with pytest.raises(FatalError, match="clock"):
        secrets.open(*PLACE, value)


def test_the_actions_say_since_when_the_name_has_its_owner() -> None:
    asked = Asked()
    env = {"TELEGRAM_TOKEN": Sealed(sealed="v1.AbCd_123." + "A" * 152)}
    bot = app("telegram-bot", env=env, seals_since=EPOCH)
    look = Assessment(Verdict.CREATE, "", found="https://bot.example.org/api/webhook")

    RegisterWebhook().assess(bot, readers(Hosted(), asked), frozenset(), None)
    done(RegisterWebhook(), bot, writers(Taking(), asked), look)
    variables = Assessment(Verdict.CREATE, "", found=("TELEGRAM_TOKEN",))
    done(SetEnvironment(), bot, writers(Taking(), asked), variables)

    assert asked.since == [EPOCH, EPOCH, EPOCH]
