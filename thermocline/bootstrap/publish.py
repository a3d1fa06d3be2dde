"""Wires publish."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.publish.use_case import EndDeploy, Publish


@cache
def publish() -> Publish:
    """Return the publish use case, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.contracts import load_contracts
    from thermocline.publish.settings import PublishSettings
    from thermocline.publish.use_case import Publish

    settings = PublishSettings.from_env()
    return Publish(
        # A second try of an update that landed would look like another's.
        views=GlueViews(client("glue", attempts=1), settings.database),
        marks=DynamoLedger(client("dynamodb"), settings.ledger_table),
        contracts=load_contracts(),
    )


@cache
def end_deploy() -> EndDeploy:
    """Return what a deploy ends with, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.bootstrap.warm import warm_catalog
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.publish.settings import PublishSettings
    from thermocline.publish.use_case import EndDeploy

    settings, contracts = PublishSettings.from_env(), load_contracts()
    return EndDeploy(
        publish=publish(),
        warm=warm_catalog(settings),
        ledger=DynamoLedger(client("dynamodb"), settings.ledger_table),
        contracts=contracts,
        clock=utc_now,
    )
