from __future__ import annotations

import pytest
from botocore import exceptions as aws

from cli.aws_errors import explain


def refused(code: str, message: str = "AWS's own words") -> aws.ClientError:
    return aws.ClientError({"Error": {"Code": code, "Message": message}}, "DeleteStack")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (aws.NoCredentialsError(), "no AWS credentials: sign in with `aws sso login` or set AWS_PROFILE"),
        (aws.PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"), "incomplete"),
        (aws.UnauthorizedSSOTokenError(), "have expired: sign in again"),
        (aws.SSOTokenLoadError(error_msg="none"), "have expired: sign in again"),
        (aws.TokenRetrievalError(provider="sso", error_msg="expired"), "have expired: sign in again"),
        (aws.LoginRefreshRequired(), "have expired: sign in again"),
        (aws.CredentialRetrievalError(provider="process", error_msg="exit 3"), "exit 3"),
        (aws.ProfileNotFound(profile="adda"), "`aws configure list-profiles`"),
        (aws.NoRegionError(), "no AWS region: set AWS_REGION"),
        (aws.EndpointConnectionError(endpoint_url="https://sts.nowhere"), "can't reach AWS (.*https://sts.nowhere"),
        (aws.ConnectTimeoutError(endpoint_url="https://sts.nowhere"), "check the network"),
        (refused("ExpiredToken"), "have expired: sign in again"),
        (refused("InvalidClientTokenId"), "does not know these credentials: sign in"),
        (refused("AccessDenied", "no cloudformation:DeleteStack"), "may not do this: no cloudformation:DeleteStack"),
        (refused("Throttling"), "limits the rate"),
        (refused("ValidationError"), "AWS's own words"),
        (aws.ParamValidationError(report="Missing X"), "Missing X"),
        (aws.ClientError({}, "DeleteStack"), "DeleteStack"),
    ],
)
def test_what_aws_says_becomes_what_to_do(error: aws.BotoCoreError, says: str) -> None:
    text = explain(error)
    head, _, tail = says.partition(".*")
    assert head in text
    assert tail in text
    assert "{" not in text
