"""Seeded simulators of what AWS does between the functions, with its failures; no AWS, no threads, no real time."""

from tests.simulator.firehose import DeliveryStream, Faults, SimulatedFirehose
from tests.simulator.queue import SimulatedQueue

__all__ = ["DeliveryStream", "Faults", "SimulatedFirehose", "SimulatedQueue"]
