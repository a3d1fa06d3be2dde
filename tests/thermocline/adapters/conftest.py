from tests.fakes.aws import aws

__all__ = ["aws"]
