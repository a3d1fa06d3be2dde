"""Clients of AWS's services, with time limits that suit their callers."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config


def client(service: str, *, read_timeout: float = 20, attempts: int = 3) -> Any:
    """Return a boto3 client for work in the background.

    Parameters
    ----------
    read_timeout
        Seconds to wait for an answer.
    attempts
        Total number of times that a call is made.
    """
    retries = {"mode": "standard", "total_max_attempts": attempts}
    return boto3.client(service, config=Config(connect_timeout=2, read_timeout=read_timeout, retries=retries))


def impatient_client(service: str) -> Any:
    """Return a boto3 client that gives up soon and never retries: a sender waits, and its caller retries itself."""
    return client(service, read_timeout=3, attempts=1)
