"""Wires the warm tables for functions: their catalog and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.s3_files import S3Files


class CatalogSettings(Protocol):
    """Where the warm tables are."""

    @property
    def lake_bucket(self) -> str:
        """Name of the bucket."""

    @property
    def database(self) -> str:
        """Name of the Glue database."""


class FilesSettings(Protocol):
    """Where warm files are, and how they are kept: sealed ones, whoever writes them, in the cold class."""

    @property
    def lake_bucket(self) -> str:
        """Name of the bucket."""

    @property
    def storage_class(self) -> str:
        """Of warm files."""

    @property
    def cold_storage_class(self) -> str:
        """Of sealed files."""


def warm_catalog(settings: CatalogSettings) -> IcebergCatalog:
    """Return the catalog. It calls Glue once each: a second try could destroy a commit that had landed (ADR 33)."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.contracts import load_contracts

    return IcebergCatalog(
        glue=client("glue", attempts=1),
        s3=client("s3", read_timeout=60),
        bucket=settings.lake_bucket,
        database=settings.database,
        contracts=load_contracts(),
    )


def warm_files(settings: FilesSettings) -> S3Files:
    """Return the files of the lake bucket."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.s3_files import S3Files

    return S3Files(
        client("s3", read_timeout=60),
        settings.lake_bucket,
        storage_class=settings.storage_class,
        cold_storage_class=settings.cold_storage_class,
    )
