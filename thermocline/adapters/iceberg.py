"""The warm tables in Iceberg: Glue has the address of each table's metadata, and swaps it in one call."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyiceberg.exceptions import NoSuchTableError, TableAlreadyExistsError
from pyiceberg.io.pyarrow import parquet_file_to_data_file
from pyiceberg.table.snapshots import Snapshot

from thermocline.adapters.iceberg_files import S3FileIO, key_of
from thermocline.adapters.iceberg_snapshot import QuickTransaction, Replace
from thermocline.adapters.iceberg_state import PinnedCatalog, State
from thermocline.adapters.iceberg_tables import (
    arrow_schema,
    evolution_problems,
    evolve,
    order,
    partitioning,
    properties,
    table_schema,
)
from thermocline.adapters.s3_answers import listed
from thermocline.contracts import Contract
from thermocline.errors import CommitFailed, ConfigurationError, ContractError, TableLost
from thermocline.layout import ids_prefix, metadata_number, metadata_prefix, warm_prefix, warm_table
from thermocline.warm.model import Base, Change, WarmFile

FENCE: Final = "thermocline.fence"
IDS: Final = "thermocline.ids"
GENS: Final = "thermocline.gen"
_TOKEN: Final = "thermocline.token"  # noqa: S105  (a lease's number)
_MAX_TRIES: Final = 5


class IcebergCatalog:
    """Implements `thermocline.warm.ports.Catalog`, and makes and mends the tables.

    Parameters
    ----------
    glue
        A boto3 Glue client that makes each call once: a second try of a swap that landed looks like a refusal.
    s3
        A boto3 S3 client, for all files of the tables.
    database
        The lake's database in Glue.
    contracts
        By table.
    max_manifests
        A commit that would leave more of them merges them.
    """

    def __init__(
        self,
        *,
        glue: Any,
        s3: Any,
        bucket: str,
        database: str,
        contracts: Mapping[str, Contract],
        max_manifests: int = 100,
    ) -> None:
        if glue.meta.config.retries.get("total_max_attempts") != 1:
            raise ConfigurationError("Make the Glue client with total_max_attempts=1: a commit is never sent twice")
        self._glue = glue
        self._s3 = s3
        self._files = S3FileIO(s3)
        self._bucket = bucket
        self._database = database
        self._contracts = contracts
        self._max_manifests = max_manifests

    def load(self, table: str) -> Base:
        """Return the state of a table as it is now.

        Raises
        ------
        ConfigurationError
            There is no such table.
        """
        state = self._state(table)
        known = state.table.properties
        return Base(
            table=table,
            fence=int(known.get(FENCE, 0)),
            ids=self._ids(known.get(IDS)),
            commits=frozenset(_commits(state)),
            handle=state,
        )

    def files(self, base: Base, *, gen: str | None = None) -> Sequence[WarmFile]:
        """Return the table's files; with `gen`, those that may hold rows of this generation."""
        return [file for file in base.handle.warm_files() if gen is None or file.holds(gen)]

    def commit(self, base: Base, change: Change) -> None:
        """Make a change in one swap of metadata, on top of the base and nothing else.

        Raises
        ------
        CommitFailed
            It may have landed or not: load the table again and look for its token. Nothing was deleted.
        """
        try:
            self._commit(base, change)
        except Exception as error:
            raise CommitFailed(f"{base.table}: {error or type(error).__name__}") from error

    def ensure(self, table: str) -> None:
        """Make a table, or let it become its contract's; nothing happens if it is that already.

        Raises
        ------
        TableLost
            There is no such table, and there are metadata of one.
        ContractError
            The contract asks for more than new columns and wider integers; lists all problems.
        CommitFailed
            Others changed the table again and again meanwhile.
        """
        contract = self._contracts[table]
        failure: Exception | None = None
        for _ in range(_MAX_TRIES):
            try:
                state = self._state(table)
            except ConfigurationError:
                self._require_new(contract)
                self._create(contract)
                continue
            if problems := list(evolution_problems(state.table.metadata, contract)):
                raise ContractError(contract.name, problems)
            transaction = state.table.transaction()
            evolve(transaction, contract)
            try:
                transaction.commit_transaction()
            except Exception as error:  # noqa: BLE001  (the table itself says whether it is the contract's by now)
                failure = error
            else:
                return
        raise CommitFailed(f"{table}: {_MAX_TRIES} changes of its columns failed, at last by {failure}") from failure

    def schema_of(self, table: str) -> pa.Schema:
        """Return the schema for files of a table, with Iceberg's numbers of columns; times are UTC without a zone."""
        return arrow_schema(self._state(table).table.schema())

    def expire(self, table: str, older_than: dt.datetime) -> Sequence[str]:
        """Forget the snapshots that others had replaced before a time, and return the keys of what only they named.

        The table is read again after the commit: what it names by then, in whatever snapshot, is not returned.

        Parameters
        ----------
        older_than
            A day ago or earlier: a promoter looks for its own commit among the snapshots, and readers read on.

        Raises
        ------
        CommitFailed
            The table changed meanwhile, or the answer was lost: the orphan sweep has the files, if it landed.
        """
        state = self._state(table)
        forgotten = state.superseded(older_than)
        if not forgotten:
            return ()
        named = self._named(state, forgotten)
        try:
            state.table.maintenance.expire_snapshots().by_ids([each.snapshot_id for each in forgotten]).commit()
        except Exception as error:
            raise CommitFailed(f"{table}: {error or type(error).__name__}") from error
        return sorted(named - self.referenced(table))

    def snapshots(self, table: str) -> list[int]:
        """Return the ids of the snapshots that a table has."""
        return [each.snapshot_id for each in self._state(table).table.metadata.snapshots]

    def referenced(self, table: str) -> set[str]:
        """Return the keys of all objects that a table and its older snapshots need: data, identities, metadata."""
        state = self._state(table)
        metadata = state.table.metadata
        keys = {key_of(state.table.metadata_location), *(key_of(each.metadata_file) for each in metadata.metadata_log)}
        keys.update(key_of(each.statistics_path) for each in metadata.statistics)
        keys.update(key_of(each.statistics_path) for each in metadata.partition_statistics)
        return keys.union(self._indexed(metadata.properties.get(IDS)), self._named(state, metadata.snapshots))

    def _named(self, state: State, snapshots: Sequence[Snapshot]) -> set[str]:
        """Return the keys of all objects that snapshots need: data, identities, manifests."""
        lists = {key_of(each.manifest_list) for each in snapshots}
        manifests = {each.manifest_path: each for snapshot in snapshots for each in state.manifests(snapshot)}
        files = (key_of(file.file_path) for file in state.files_of(list(manifests.values())))
        identities = (self._indexed(index) for index in {_told(each).get(IDS) for each in snapshots})
        return lists.union(map(key_of, manifests), files, *identities)

    def _indexed(self, index: str | None) -> set[str]:
        return {index, *self._ids(index).values()} if index else set()

    def _state(self, table: str) -> State:
        contract = self._contracts[table]
        name = (self._database, warm_table(contract.table))
        try:
            loaded = PinnedCatalog(self._glue, self._files).load_table(name)
        except NoSuchTableError as error:
            raise ConfigurationError(
                f"{'.'.join(name)} does not exist: a deployment makes it, and if it was lost, "
                f"`lake restore table {table}` brings it back"
            ) from error
        return State(loaded, contract.time_column)

    def _require_new(self, contract: Contract) -> None:
        """Check that no table was lost: a new one over its data would show none of them."""
        prefix = metadata_prefix(contract.name)
        if any(metadata_number(item["Key"]) for item in listed(self._s3, self._bucket, prefix)):
            raise TableLost(
                f"{warm_table(contract.table)} is not in the catalog, and metadata of it are in {prefix}: "
                f"run `lake restore table {contract.name}`"
            )

    def _create(self, contract: Contract) -> None:
        schema = table_schema(contract)
        try:
            PinnedCatalog(self._glue, self._files).create_table(
                (self._database, warm_table(contract.table)),
                schema,
                location=f"s3://{self._bucket}/{warm_prefix(contract.name).rstrip('/')}",
                partition_spec=partitioning(contract, schema),
                sort_order=order(contract, schema),
                properties=properties(contract),
            )
        except TableAlreadyExistsError:
            return

    def _commit(self, base: Base, change: Change) -> None:
        if base.fence > change.token:
            raise ValueError(f"token {change.token} is behind {base.fence}")
        state: State = base.handle
        with QuickTransaction(state.table) as transaction:
            index = self._put_ids(base, change) if change.ids or change.forget else state.table.properties.get(IDS)
            ids = {IDS: index} if index else {}
            transaction.set_properties({FENCE: str(change.token), **ids})
            told = {GENS: ",".join(change.gens), _TOKEN: str(change.token)}
            snapshot = Replace(transaction, told | ids, max_manifests=self._max_manifests)
            for file in change.remove:
                snapshot.delete_data_file(state.data_files[file.path])
            for file in change.add:
                metadata = transaction.table_metadata
                snapshot.append_data_file(parquet_file_to_data_file(self._files, metadata, file.path))
            snapshot.commit()

    def _ids(self, index: str | None) -> dict[str, str]:
        if index is None:
            return {}
        body = self._s3.get_object(Bucket=self._bucket, Key=index)["Body"].read()
        return msgspec.json.decode(body, type=dict[str, str])

    def _put_ids(self, base: Base, change: Change) -> str:
        """Write the identities of all generations under a new key: a commit that is refused changes no other's."""
        key = f"{ids_prefix(base.table)}index/{secrets.token_hex(16)}.json"
        ids = {gen: ids for gen, ids in {**base.ids, **change.ids}.items() if gen not in change.forget}
        body = msgspec.json.encode(ids, order="sorted")
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=body)
        return key


def _commits(state: State) -> Iterator[tuple[str, int]]:
    for snapshot in state.commits():
        told = _told(snapshot)
        if token := told.get(_TOKEN):
            yield from ((gen, int(token)) for gen in told.get(GENS, "").split(","))


def _told(snapshot: Snapshot) -> Mapping[str, str]:
    return snapshot.summary.additional_properties if snapshot.summary else {}
