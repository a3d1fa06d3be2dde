"""`python -m athena_local` as the supervisor starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from tests.athena_local.endpoint.tables import CREDENTIALS, free_port, wait_for


def test_the_process_answers_when_ready_and_ends_on_term(aws_url: str, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "athena_local", "--port", str(port), "--cache-dir", str(tmp_path / "cache")]
    # The endpoint's own address is in its environment, as in every child's: it must not call itself.
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": aws_url,
        "AWS_ENDPOINT_URL_ATHENA": f"http://127.0.0.1:{port}",
        **CREDENTIALS,
    }
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, env=environment, cwd=root, stderr=subprocess.PIPE) as child:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert json.load(answer) == {"status": "ok"}
        child.terminate()
        assert child.wait(10) == 0
