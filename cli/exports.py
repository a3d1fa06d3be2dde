"""`export` lines for a shell. Pure."""

import re
import shlex
from collections.abc import Mapping


def export_lines(
    aws: Mapping[str, str], ingest_url: str, write_keys: Mapping[str, str], apis: Mapping[str, str]
) -> list[str]:
    """Return `export` lines for a POSIX shell.

    `LAKE_WRITE_KEY` is the write key of the first source; the API `notes` has its URL in `LAKE_NOTES_URL`.
    """
    urls = {f"LAKE_{_variable_name(api)}_URL": url for api, url in apis.items()}
    variables = {**aws, **urls, "LAKE_INGEST_URL": ingest_url}
    if write_keys:
        variables["LAKE_WRITE_KEY"] = next(iter(write_keys.values()))
    variables |= {f"LAKE_WRITE_KEY_{_variable_name(source)}": key for source, key in write_keys.items()}
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def athena_variables(outputs: Mapping[str, str]) -> dict[str, str]:
    """Return where an analyst's statements belong: the workgroup under PyAthena's name for it, and the database.

    Parameters
    ----------
    outputs
        Those of the stacks; a project without a lake has neither.
    """
    names = {"AWS_ATHENA_WORK_GROUP": "WorkGroup", "LAKE_DATABASE": "Database"}
    return {name: outputs[output] for name, output in names.items() if output in outputs}


def _variable_name(source: str) -> str:
    return re.sub(r"\W", "_", source).upper()
