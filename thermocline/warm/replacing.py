"""The rows of generations that are decided again: what a replay writes beside the generation itself (ADR 43)."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from thermocline import layout
from thermocline.warm import amending, comparing, deciding, identities
from thermocline.warm.engine import connect, day_of, literal
from thermocline.warm.local import LocalFiles
from thermocline.warm.model import WarmFile
from thermocline.warm.rows import ParquetRows, fetch_hot
from thermocline.warm.sorting import Chosen
from thermocline.warm.work import Amended, Amendment, Decision, Difference


class ReplacingRows(ParquetRows):
    """`ParquetRows` that also amends generations and compares files; nothing that it writes has a used name."""

    def rest(self, table: str, files: Sequence[WarmFile], gens: Collection[str]) -> tuple[WarmFile, ...]:
        """Write the rows of warm files that are of no generation of some into files of their own.

        The rows that stay of sealed files are sealed again.
        """
        others = f"gen NOT IN ({', '.join(literal(gen) for gen in gens)})"
        named = max((file.last_gen for file in files), default="")
        written: tuple[WarmFile, ...] = ()
        for sealed in (False, True):
            with tempfile.TemporaryDirectory(dir=self._folder) as folder:
                local = LocalFiles(self._files, Path(folder))
                paths = local.fetch(self._keys([file for file in files if file.sealed is sealed]))
                written += self._rewrite(local, self._sorting(local, table, named, sealed=sealed), paths, others)
        return written

    def decisions(self, ids: Mapping[str, str], gen: str, *, after: str, window: int) -> tuple[Decision, ...]:
        """Return what changes in later generations once a generation has other identities.

        Parameters
        ----------
        ids
            Keys of the identities of all generations.
        after
            Key of the new identities of `gen`.
        """
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            old, new = local.fetch([ids[gen], after])
            with connect(local.folder, self._memory_mb) as connection:
                if not deciding.find_changed(connection, old, new):
                    return ()
                others = [each for each in ids if each != gen]
                paths = dict(zip(others, local.fetch([ids[each] for each in others]), strict=True))
                return deciding.decide(connection, paths | {gen: new}, gen, window=window)

    def amend(self, change: Amendment) -> Amended:
        """Write a generation's rows without those that leave, and with those that come.

        Raises
        ------
        HotFileMissing
            A file with rows that come is not there.
        """
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            warm, (old,) = local.fetch(self._keys(change.files)), local.fetch([change.ids])
            hot = fetch_hot(local, change.table, change.gen, change.hot)
            path, paths = local.new_path(), [*warm, *hot]
            if not paths and not amending.forget(change, old, path):
                return Amended(files=(), ids=change.ids)
            if not paths:
                return Amended(files=(), ids=self._stored_ids(local, change, path))
            chosen = amending.condition(change.gen, warm)
            day = day_of(self._contracts[change.table].time_column)
            with connect(local.folder, self._memory_mb) as connection:
                identities.gather(connection, paths, day=day, condition=chosen)
                amending.leave_out(connection, change, warm)
                days = identities.days(connection)
                amending.write_ids(connection, change, old, path, len(warm))
                rows = Chosen(paths, chosen, days, gen=change.gen, without_dropped=True)
                files = self._sorting(local, change.table, change.gen).write(connection, rows)
            return Amended(files=files, ids=self._stored_ids(local, change, path))

    def _stored_ids(self, local: LocalFiles, change: Amendment, path: Path) -> str:
        key = layout.ids_key(change.table, change.gen, uuid.uuid4().hex)
        local.store(path, key)
        return key

    def differences(
        self, table: str, old: Sequence[WarmFile], new: Sequence[WarmFile], gens: Collection[str]
    ) -> tuple[Difference, ...]:
        """Return how the rows of generations in new warm files differ from those in old ones."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            before, after = local.fetch(self._keys(old)), local.fetch(self._keys(new))
            with connect(local.folder, self._memory_mb) as connection:
                return comparing.differences(connection, table, before, after, gens)
