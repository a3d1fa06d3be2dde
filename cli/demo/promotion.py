"""The demo's second half: everything moves from hot to warm, and nothing that anybody asks changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cli.athena import QueryResult
from cli.books import books_of
from cli.demo.run import Display
from cli.deployment import Deployment
from cli.errors import CliError
from cli.promotion import promote_all, promote_function
from cli.tiers import tiers_of
from thermocline.balance.model import Books
from thermocline.tiers.model import TableLevels

Answers = Sequence[tuple[str, QueryResult]]


class Promotion(msgspec.Struct, frozen=True, kw_only=True):
    """What promotion made of the demo's files.

    Attributes
    ----------
    hot_files
        Files that queries read before.
    tiers
        The tables afterwards.
    books
        The balance afterwards.
    """

    hot_files: int
    tiers: dict[str, TableLevels]
    books: Books

    @property
    def warm_files(self) -> int:
        """Files that queries read now."""
        return sum(table.warm.files + table.hot.files for table in self.tiers.values())


def promote_everything(lake: Deployment, display: Display) -> Promotion:
    """Close and promote every generation, and return what came of it.

    Raises
    ------
    CliError
        A table could not be promoted.
    """
    before = tiers_of(lake)
    with display.bar("tables promoted", len(before)) as bar:
        call = promote_function(lake)
        for place, outcome in enumerate(promote_all(call, (), everything=True, show=lambda _text: None), start=1):
            if outcome.problem:
                raise CliError(f"{outcome.table} could not be promoted: {outcome.problem}")
            bar(place)
    hot_files = sum(table.hot.files for table in before.values())
    return Promotion(hot_files=hot_files, tiers=tiers_of(lake), books=books_of(lake))


def differing(before: Answers, after: Answers) -> list[str]:
    """Return the descriptions of queries whose answer is not what it was."""
    earlier: Mapping[str, QueryResult] = dict(before)
    return [description for description, result in after if result.rows != earlier[description].rows]
