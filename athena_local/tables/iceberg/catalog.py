"""pyiceberg's catalog over the same Glue and the same objects as the rest."""

from typing import Any

from pyiceberg.catalog.glue import GlueCatalog
from pyiceberg.io import FileIO
from pyiceberg.table import Table as Loaded
from pyiceberg.table import TableProperties
from pyiceberg.typedef import EMPTY_DICT, Properties

from athena_local.tables.iceberg.store import StoreFiles


class StoreCatalog(GlueCatalog):
    """A catalog that reads and writes through an `ObjectStore`.

    Parameters
    ----------
    client
        boto3's Glue client; it must not retry, because a repeated commit looks like a conflict.
    """

    def __init__(self, *, client: Any, files: StoreFiles) -> None:
        super().__init__("glue", client=client)
        self._files = files

    def _load_file_io(self, properties: Properties = EMPTY_DICT, location: str | None = None) -> FileIO:  # noqa: ARG002
        return self._files


def without_retries(loaded: Loaded) -> Loaded:
    """Return a table whose commits pyiceberg does not repeat: only who re-reads the table may."""
    properties = {**loaded.metadata.properties, TableProperties.COMMIT_NUM_RETRIES: "0"}
    loaded.metadata = loaded.metadata.model_copy(update={"properties": properties})
    return loaded
