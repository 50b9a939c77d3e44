"""Observations that a plan may rest on: retried, bounded, and a trouble is one of their answers."""

from dataclasses import replace

from provisioner.engine.bugs import protected
from provisioner.engine.endings import passing, waiting_for
from provisioner.engine.limits import Redact, kept_assessment
from provisioner.engine.retry import Retrier, RetryPolicy, explained
from provisioner.engine.step import Assessment, Claims, Step
from provisioner.errors import Bug, FatalError, NotYet, ProvisionerError, TokenRefused, Unreachable
from provisioner.models.plan import Actor, Verdict


def guarded(step: Step, retrier: Retrier, redact: Redact = str) -> Step:
    """The step, its look retried; a look that fails says why instead of raising.

    What time may fix stays waiting, with a wake time. An answer that says who
    must do what blocks, and was seen; any other trouble was not. A token that is not
    accepted and a service that cannot be reached still raise: they are no
    single step's trouble.
    """
    shielded = protected(step, redact)

    def assessment(claims: Claims, handle: str | None) -> Assessment:
        try:
            return retrier.call(lambda: shielded.assess(claims, handle))
        except (TokenRefused, Unreachable):
            raise
        except ProvisionerError as error:
            return kept_assessment(_unseen(error, retrier.policy), redact)

    return replace(step, assess=assessment)


def _unseen(error: ProvisionerError, policy: RetryPolicy) -> Assessment:
    if isinstance(error, NotYet):
        return replace(waiting_for(error), seen=False)
    if later := passing(error, policy):
        return replace(later, seen=False)
    reason = explained(error)
    known = isinstance(error, FatalError) and not isinstance(error, Bug)
    return Assessment(Verdict.BLOCKED, reason.message, reason.hint, Actor(reason.who), seen=known)
