from tests.fakes.aws import aws
from tests.fakes.way_in import s3

__all__ = ["aws", "s3"]
