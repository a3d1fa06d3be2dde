"""``python -m athena_local --port 9100 --cache-dir .lake/local/tmp/athena``."""

import argparse
import logging
import os
import tempfile
from pathlib import Path

from aiohttp import web

from athena_local.bootstrap import build_api
from athena_local.server import application


def main(argv: list[str] | None = None) -> None:
    """Serve until a signal ends the process."""
    parser = argparse.ArgumentParser(prog="athena_local", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--cache-dir", type=Path, help="local copies of objects (default: a temporary folder)")
    parser.add_argument("--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL"), help="where Glue and S3 are")
    parser.add_argument("--memory-limit", default="1GB", help="what DuckDB may use")
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    cache_dir = options.cache_dir or Path(tempfile.mkdtemp(prefix="athena-"))
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    api = build_api(
        endpoint_url=options.endpoint_url, region=region, cache_dir=cache_dir, memory_limit=options.memory_limit
    )
    web.run_app(application(api), host="127.0.0.1", port=options.port, access_log=None, print=_ready)


def _ready(banner: str) -> None:
    logging.getLogger("athena_local").info("ready: %s", banner.splitlines()[0])


if __name__ == "__main__":
    main()
