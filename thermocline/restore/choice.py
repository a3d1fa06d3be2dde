"""Which metadata of a warm table landed last: those of commits that were refused lie beside it.

A commit's base is what the catalog had. So what names a predecessor proves that this one landed, and only the last
files of the chain are in doubt. At most one of them landed, perhaps none. One whose commit is lost may be taken or left
like a commit that arrives late, if what it does comes again by itself, as the promotion of a generation does that is
not published. A compaction, a replay or an erasure does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from thermocline.errors import RestoreRefused


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a table's metadata.

    Attributes
    ----------
    number
        How many changes came before it.
    table_id
        Of the table: one that was made anew has another.
    rows
        False: no commit of rows came before it, nor is it one.
    changes_rows
        False: it only changes columns or properties, or forgets snapshots.
    gens
        The generations that its own commit decides; none for compaction, retention and erasure.
    ids
        The table's index of identities.
    missing
        Objects that it needs and that are not there.
    """

    key: str
    number: int
    table_id: str
    fence: int
    updated: dt.datetime
    rows: bool = True
    changes_rows: bool = True
    gens: tuple[str, ...] = ()
    ids: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()

    def comes_again(self, watermark: str) -> bool:
        """Tell whether what it does is done again if it never landed."""
        return not self.changes_rows or (bool(self.gens) and min(self.gens) >= watermark)


def choose(table: str, files: Sequence[Metadata], *, watermark: str) -> Metadata:
    """Return the metadata to register.

    Parameters
    ----------
    files
        Those with the highest number, of each table that there was.
    watermark
        Generations before it are published.

    Raises
    ------
    RestoreRefused
        There are none, or none is whole; or several may be right, and what they do does not come again.
    """
    last = [each for each in files if each.rows] or list(files)
    if not last:
        raise RestoreRefused(f"{table} has no metadata: `lake restore objects` brings deleted ones back")
    whole = [each for each in last if not each.missing]
    if not whole:
        worst = min(last, key=lambda each: len(each.missing))
        raise RestoreRefused(
            f"{worst.key} needs {len(worst.missing)} objects that are gone, such as {worst.missing[0]}: "
            "`lake restore objects` brings deleted ones back"
        )
    published = {gen for each in whole for gen in each.ids if gen < watermark}
    right = [each for each in whole if published <= each.ids.keys()]
    if chosen := _only(right, watermark):
        return chosen
    raise RestoreRefused(
        f"{table}: these metadata cannot be told apart: {', '.join(sorted(each.key for each in right or whole))}. "
        "Look at their snapshots, and choose one with --metadata"
    )


def _only(right: Sequence[Metadata], watermark: str) -> Metadata | None:
    """Return the one that does what does not come again, or the latest of equals; None if several may be right."""
    lasting = [each for each in right if not each.comes_again(watermark)]
    among = lasting or list(right)
    several_tables = len({each.table_id for each in right}) > 1
    # Promotions of one generation, by one promoter or by two, have written the same rows.
    unlike = len(lasting) > 1 and (len({each.gens for each in lasting}) > 1 or not lasting[0].gens)
    if not among or several_tables or unlike:
        return None
    return max(among, key=lambda each: (each.fence, each.updated))
