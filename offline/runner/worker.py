"""One Lambda execution environment: imports a handler once, then answers invocations until its socket closes.

The runner starts it as `python -m offline.runner.worker FD MODULE.FUNCTION` with the function's environment. If that
has LAKE_DEBUG_PORT, a debugger must attach to that port before the handler is imported.
"""

import importlib
import json
import logging
import os
import resource
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from offline.runner.aws_calls import AwsCalls
from offline.runner.context import LambdaContext
from offline.runner.frames import END_OF_OUTPUT, encode_frame, read_frame
from offline.runner.marshal import marshalled

DEBUG_PORT_VARIABLE = "LAKE_DEBUG_PORT"
_NOT_SHOWN = (__file__, importlib.__file__, "<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")

Handler = Callable[[Any, LambdaContext], Any]


def main(argv: list[str]) -> int:
    """Serve invocations on the socket with the given descriptor, until the runner closes it."""
    channel = socket.socket(fileno=int(argv[0]))
    _log_as_lambda_does()
    calls = AwsCalls()
    calls.install()
    try:
        _await_debugger(os.environ.get(DEBUG_PORT_VARIABLE))
        handler = load_handler(argv[1])
    except Exception as error:  # noqa: BLE001 (reported, as Lambda does, whatever a module raises)
        channel.sendall(encode_frame({"ready": False}, _error_payload(error, "Runtime.ImportModuleError")))
        return 1
    channel.sendall(encode_frame({"ready": True}))
    with channel.makefile("rb") as requests:
        while (frame := read_frame(requests)) is not None:
            header, event = frame
            ok, payload = invoke(handler, event, header)
            _end_output()
            answer = {"ok": ok, "max_memory_mb": _peak_memory_mb(), "calls": calls.take()}
            channel.sendall(encode_frame(answer, payload))
    return 0


def load_handler(name: str) -> Handler:
    """Return the function that a handler's name refers to: `lambdas/x/handler.handler`, or dots instead of slashes."""
    module, _, function = name.replace("/", ".").rpartition(".")
    handler: Handler = getattr(importlib.import_module(module), function)
    return handler


def invoke(handler: Handler, event: bytes, header: dict[str, Any]) -> tuple[bool, bytes]:
    """Run one invocation; return whether it succeeded, and its JSON result or error."""
    _set_trace(header.pop("trace_id", None))
    context = LambdaContext(
        function_name=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        function_version=os.environ["AWS_LAMBDA_FUNCTION_VERSION"],
        memory_limit_in_mb=int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]),
        log_group_name=os.environ["AWS_LAMBDA_LOG_GROUP_NAME"],
        log_stream_name=os.environ["AWS_LAMBDA_LOG_STREAM_NAME"],
        **header,
    )
    try:
        result = handler(json.loads(event), context)
    except Exception as error:  # noqa: BLE001 (reported, as Lambda does, whatever a handler raises)
        return False, _error_payload(error, type(error).__name__, context.aws_request_id)
    try:
        return True, marshalled(result)
    except Exception as error:  # noqa: BLE001 (reported, as Lambda does)
        failure = Exception(f"Unable to marshal response: {error}")
        return False, _error_payload(failure, "Runtime.MarshalError", context.aws_request_id)


def _error_payload(error: Exception, error_type: str, request_id: str = "") -> bytes:
    # Leave out the frames of this file and importlib, where the error is not.
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename not in _NOT_SHOWN]
    stack = traceback.format_list(frames)
    if isinstance(error, SyntaxError):  # it has no frame of its own
        stack += traceback.format_exception_only(error)
    print(f"[ERROR] {error_type}: {error}", "Traceback (most recent call last):", "".join(stack), sep="\n")
    body = {"errorMessage": str(error), "errorType": error_type, "requestId": request_id, "stackTrace": stack}
    return json.dumps(body).encode()


def _await_debugger(port: str | None) -> None:
    if port is None:
        return
    import debugpy  # noqa: PLC0415 (imported only for debugging)

    with _output_to_nowhere():
        debugpy.listen(("127.0.0.1", int(port)))
    print(f"waiting for a debugger on 127.0.0.1:{port}", flush=True)
    debugpy.wait_for_client()


@contextmanager
def _output_to_nowhere() -> Iterator[None]:
    """Send output to nowhere: the debug adapter outlives this process, and would hold the runner's pipe."""
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    try:
        yield
    finally:
        for copy, standard in zip(kept, (1, 2), strict=True):
            os.dup2(copy, standard)
            os.close(copy)
        os.close(nowhere)


def _log_as_lambda_does() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    log = logging.StreamHandler(sys.stdout)
    log.setFormatter(logging.Formatter("[%(levelname)s]\t%(name)s\t%(message)s"))
    logging.getLogger().addHandler(log)


def _set_trace(trace_id: str | None) -> None:
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)


def _end_output() -> None:
    sys.stderr.flush()
    sys.stdout.flush()
    os.write(1, END_OF_OUTPUT + b"\n")


def _peak_memory_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // (1024 * 1024 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
