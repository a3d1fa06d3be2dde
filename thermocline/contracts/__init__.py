"""Contracts: the one definition of each table, and an exporter for each target."""

from thermocline.contracts.loader import CONTRACTS_FOLDER, load_contract, load_contracts
from thermocline.contracts.model import Column, Contract

__all__ = ["CONTRACTS_FOLDER", "Column", "Contract", "load_contract", "load_contracts"]
