import time

from offline.runner.context import LambdaContext


def context(deadline: float) -> LambdaContext:
    return LambdaContext(
        aws_request_id="r",
        function_name="f",
        function_version="$LATEST",
        invoked_function_arn="arn",
        memory_limit_in_mb=512,
        log_group_name="g",
        log_stream_name="s",
        deadline=deadline,
    )


def test_remaining_time_counts_down_to_zero_and_stays_there() -> None:
    assert 4000 < context(time.time() + 5).get_remaining_time_in_millis() <= 5000
    assert context(time.time() - 5).get_remaining_time_in_millis() == 0
