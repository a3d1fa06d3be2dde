from __future__ import annotations

from typing import Any

from thermocline.subjects import SubjectHasher

SUBJECT_KEY = "subject-key"
SECRET = "the secret of tests"
HASHER = SubjectHasher(lambda: SECRET)


def create_subject_key(secrets: Any) -> None:
    """Make the secret of `HASHER`, under the name `SUBJECT_KEY`."""
    secrets.create_secret(Name=SUBJECT_KEY, SecretString=SECRET)
