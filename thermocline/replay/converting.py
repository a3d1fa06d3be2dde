"""Convert one raw object for a run, as often as its message is delivered."""

from __future__ import annotations

from collections.abc import Callable

from thermocline.errors import Terminal
from thermocline.ledger import Suppression, new_token
from thermocline.replay.model import Converted, Order, recovered_of
from thermocline.replay.ports import AttemptLedger, Claims, Converter, Runs


class ConvertAgain:
    """Works on the messages of the queue of backfills.

    Parameters
    ----------
    convert
        Writes an object's files into the run's folder.
    """

    def __init__(
        self,
        *,
        ledger: AttemptLedger,
        runs: Runs,
        claims: Claims,
        convert: Converter,
        token: Callable[[], str] = new_token,
    ) -> None:
        self._ledger = ledger
        self._runs = runs
        self._claims = claims
        self._convert = convert
        self._token = token

    def __call__(self, order: Order) -> None:
        """Convert an object under the list of today; a message of a run that is over is dropped.

        Raises
        ------
        LedgerConflict
            The suppression list changed at this moment: the next delivery applies the new one.
        """
        run = self._runs.current(order.table)
        if run is None or run.run != order.run:
            return
        listed, token = self._ledger.suppression(), self._token()
        self._ledger.open_attempt(order.raw_key, token=token, suppression=listed.version)
        result = self._result(order, token, listed)
        self._runs.put_result(order.run, result)
        self._ledger.end_attempt(token)
        if self._runs.current(order.table) != run:  # nobody would remove it
            self._runs.drop_result(order.run, order.raw_key)

    def _result(self, order: Order, token: str, listed: Suppression) -> Converted:
        claims = self._claims.claims([order.raw_key]).get(order.raw_key, {})
        try:
            return self._convert(order, token=token, listed=listed, recovered=recovered_of(claims.items()))
        except FileNotFoundError:
            problem = f"{order.raw_key} is not in the bucket any more"
        except Terminal as error:
            problem = f"{order.raw_key}: {error}"
        return Converted(raw_key=order.raw_key, gen=order.gen, suppression=listed.version, problem=problem)
