"""Whose a bot's address is, and when it is set anew."""

import pytest

from provisioner.actions.register_webhook import KIND, RegisterWebhook, webhook_address
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import Effect, FatalError, NotYet, ProvisionerError, RemoteError
from provisioner.models.hub import Sealed
from provisioner.models.plan import Verdict
from tests.unit.actions.hosted import Hosted, Opened, app, done, readers, writers

SEALED, RESEALED = (Sealed(sealed="v1.AbCd_123." + letter * 152) for letter in "AB")
HOST = "nairobi--docs.vercel.app"
NOTHING: Claims = frozenset()
BOT = "correct-horse-battery-staple"  # what `Opened` opens: all of it stands before the colon
OURS: Claims = frozenset({(KIND, f"telegram:{BOT}")})


def looked(
    url: str, claims: Claims = NOTHING, adopt: bool = False, sealed: Sealed = SEALED
) -> Assessment:
    bot = app("telegram-bot", env={"TELEGRAM_TOKEN": sealed}, adopt=adopt)
    return RegisterWebhook().assess(bot, readers(Hosted(webhook_url=url), Opened()), claims, None)


def address(sealed: Sealed = SEALED) -> str:
    return webhook_address(app("telegram-bot", env={"TELEGRAM_TOKEN": sealed}), HOST)


def test_the_address_changes_with_the_sealed_token_and_tells_nothing_of_it() -> None:
    assert address() != address(RESEALED)
    assert SEALED.sealed not in address()
    assert address().startswith(f"https://{HOST}/api/webhook?set=")


@pytest.mark.parametrize(
    ("url", "claims", "adopt", "verdict"),
    [
        ("", NOTHING, False, Verdict.CREATE),
        (address(), NOTHING, False, Verdict.KEEP),
        (address(RESEALED), NOTHING, False, Verdict.UPDATE),
        (f"https://{HOST}/api/webhook", NOTHING, False, Verdict.UPDATE),
        ("https://elsewhere.example/hook", NOTHING, False, Verdict.BLOCKED),
        ("https://elsewhere.example/hook", NOTHING, True, Verdict.ADOPT),
        ("https://elsewhere.example/hook", OURS, False, Verdict.UPDATE),
        (f"https://{HOST}.evil.example/api/webhook", NOTHING, False, Verdict.BLOCKED),
        ("https://[", NOTHING, False, Verdict.BLOCKED),
    ],
)
def test_an_address_is_kept_set_or_left_alone(
    url: str, claims: Claims, adopt: bool, verdict: Verdict
) -> None:
    assert looked(url, claims, adopt).verdict is verdict


def test_of_anothers_address_only_the_host_is_told() -> None:
    found = looked("https://user:pass@elsewhere.example/123:token?key=1")

    assert "elsewhere.example" in found.detail
    for part in ("user", "pass", "token", "key"):
        assert part not in found.detail


def test_a_former_bot_is_told_of() -> None:
    found = looked(address(), frozenset({(KIND, "telegram:42"), ("project", "vercel:x/y")}))

    assert "(42) still sends its messages here" in found.detail


def test_without_the_key_nothing_is_asked() -> None:
    bot = app("telegram-bot", env={"TELEGRAM_TOKEN": SEALED})

    found = RegisterWebhook().assess(bot, readers(Hosted()), NOTHING, None)

    assert found.verdict is Verdict.CREATE


class Refusing:
    """A Telegram that does not take the address."""

    def __init__(self, status: int, said: str) -> None:
        self._error = RemoteError(
            said, service="Telegram", effect=Effect.NONE, status=status, said=said
        )

    def set_webhook(self, token: str, url: str, secret: str) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("status", "said", "kind", "who"),
    [
        (401, "Unauthorized", FatalError, "facilitator"),
        (404, "Not Found", FatalError, "facilitator"),
        (400, "Bad Request: bad webhook: Failed to resolve host", NotYet, "nobody"),
    ],
)
def test_what_telegram_refuses(
    status: int, said: str, kind: type[ProvisionerError], who: str
) -> None:
    bot = app("telegram-bot", env={"TELEGRAM_TOKEN": SEALED})

    with pytest.raises(kind) as caught:
        done(RegisterWebhook(), bot, writers(Refusing(status, said)), looked(""))

    assert isinstance(caught.value, FatalError | NotYet)
    assert caught.value.who == who
