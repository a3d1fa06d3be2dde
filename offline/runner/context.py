"""The `context` argument of a Lambda handler, as the Python runtime shapes it."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LambdaContext:
    """A handler's facts about its own invocation (`deadline` is in epoch seconds)."""

    aws_request_id: str
    function_name: str
    function_version: str
    invoked_function_arn: str
    memory_limit_in_mb: int
    log_group_name: str
    log_stream_name: str
    deadline: float
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function's timeout, never negative."""
        return max(0, int((self.deadline - time.time()) * 1000))
