"""The file of a contract: the part of ODCS 3.2 that this project reads, with the types that it must have."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from thermocline.errors import ContractError

_Length = Annotated[int, msgspec.Meta(ge=0)]


class Property(msgspec.Struct, frozen=True):
    """A custom property."""

    property: str
    value: Any


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Limits of a column of text; there are no others, and one that nobody checks must not be believed."""

    min_length: _Length | None = None
    max_length: _Length | None = None
    pattern: str | None = None


class Item(msgspec.Struct, frozen=True):
    """One of the values that a column may have."""

    value: str


class ColumnEntry(msgspec.Struct, frozen=True, rename="camel"):
    """A column."""

    name: str
    description: str
    logical_type: str
    physical_type: str
    classification: str | None = None
    required: bool = False
    partitioned: bool = False
    logical_type_options: Options = Options()
    custom_properties: tuple[Property, ...] = ()
    enum: tuple[Item, ...] = ()
    examples: tuple[Any, ...] = ()


class TableEntry(msgspec.Struct, frozen=True, rename="camel"):
    """A table."""

    name: str
    physical_name: str
    data_granularity_description: str
    properties: tuple[ColumnEntry, ...]
    custom_properties: tuple[Property, ...] = ()


class Description(msgspec.Struct, frozen=True):
    """What a table is for."""

    purpose: str
    usage: str
    limitations: str


class Retention(msgspec.Struct, frozen=True, tag_field="property", tag="retention", forbid_unknown_fields=True):
    """How long rows are kept, from their event time on: the one service level that this project reads."""

    value: Annotated[int, msgspec.Meta(ge=1)]
    unit: Literal["d"]


class Document(msgspec.Struct, frozen=True, rename="camel"):
    """A contract, which holds exactly one table."""

    id: str
    name: str
    version: str
    description: Description
    schema: Annotated[tuple[TableEntry, ...], msgspec.Meta(min_length=1, max_length=1)]
    sla_properties: Annotated[tuple[Retention, ...], msgspec.Meta(max_length=1)] = ()

    @property
    def table(self) -> TableEntry:
        """The one table."""
        return self.schema[0]

    @property
    def retention_days(self) -> int | None:
        """How many days rows are kept; None: for ever."""
        return self.sla_properties[0].value if self.sla_properties else None


def read_document(text: bytes, file: str) -> Document:
    """Return what a contract's file says.

    Raises
    ------
    ContractError
        It is no YAML, or lacks something, or has something of another type; says where.
    """
    try:
        return msgspec.yaml.decode(text, type=Document)
    except msgspec.ValidationError as error:
        raise ContractError(file, [f"does not have the expected form: {error}"]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ContractError(file, [f"is not valid YAML: {' '.join(str(error).split())}"]) from None
