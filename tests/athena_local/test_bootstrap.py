import subprocess
import sys


def test_the_endpoint_starts_without_pandas() -> None:
    """It is no package of this house, and half a second of a start."""
    script = "import sys, athena_local.bootstrap; print('pandas' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )
