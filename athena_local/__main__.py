"""Athena's API on DuckDB, over the Glue catalog and S3 of an AWS endpoint: ``python -m athena_local --port 9100``."""

import argparse
import logging
import os
import tempfile
from pathlib import Path

from aiohttp import web

from athena_local.api.server import application
from athena_local.bootstrap import build_api
from athena_local.execution.memory import bound_process_memory


def main(argv: list[str] | None = None) -> None:
    """Serve until a signal ends the process."""
    parser = argparse.ArgumentParser(prog="athena_local", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--port", type=int, required=True, help="the port on 127.0.0.1")
    parser.add_argument(
        "--cache-dir", type=Path, help="copies of objects, spilled data and results (default: a temporary folder)"
    )
    parser.add_argument(
        "--endpoint-url",
        default=os.environ.get("AWS_ENDPOINT_URL"),
        help="where Glue, S3 and workgroups are (default: AWS_ENDPOINT_URL; without it, AWS)",
    )
    parser.add_argument("--memory-limit", default="1GB", help="the memory that DuckDB may use (default: 1GB)")
    parser.add_argument(
        "--max-active",
        type=int,
        default=200,
        help="how many queries may be queued or running before more are refused (default: 200)",
    )
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    cache_dir = options.cache_dir or Path(tempfile.mkdtemp(prefix="athena-"))
    bound_process_memory(options.memory_limit)
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    api = build_api(
        endpoint_url=options.endpoint_url,
        region=region,
        cache_dir=cache_dir,
        memory_limit=options.memory_limit,
        most_active=options.max_active,
    )
    web.run_app(application(api), host="127.0.0.1", port=options.port, access_log=None, print=_ready)


def _ready(banner: str) -> None:
    logging.getLogger("athena_local").info("ready: %s", banner.splitlines()[0])


if __name__ == "__main__":
    main()
