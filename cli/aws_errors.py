"""What botocore raises, as one sentence that says what to do."""

from __future__ import annotations

from typing import Any, Final

from botocore import exceptions as aws

_SIGN_IN: Final = "sign in with `aws sso login` or set AWS_PROFILE"
_NO_CREDENTIALS: Final = f"no AWS credentials: {_SIGN_IN}"
_EXPIRED: Final = "the AWS credentials have expired: sign in again with `aws sso login`, or renew them"
_REFUSED: Final = f"AWS does not know these credentials: {_SIGN_IN}"

_BY_CLASS: Final[tuple[tuple[tuple[type[Exception], ...], str], ...]] = (
    ((aws.NoCredentialsError, aws.NoAuthTokenError), _NO_CREDENTIALS),
    ((aws.PartialCredentialsError,), f"the AWS credentials are incomplete ({{error}}): {_SIGN_IN}"),
    ((aws.SSOError, aws.TokenRetrievalError, aws.LoginError), _EXPIRED),
    ((aws.CredentialRetrievalError,), f"the AWS credentials can't be read ({{error}}): {_SIGN_IN}"),
    ((aws.ProfileNotFound,), "{error}: choose one that `aws configure list-profiles` shows, and set AWS_PROFILE"),
    ((aws.NoRegionError,), "no AWS region: set AWS_REGION, or a region in the AWS profile"),
    (
        (aws.ConnectionError, aws.HTTPClientError, aws.InvalidRegionError),
        "can't reach AWS ({error}): check the network, the region and AWS_ENDPOINT_URL",
    ),
)
_BY_CODE: Final = {
    **dict.fromkeys(("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"), _EXPIRED),
    **dict.fromkeys(
        ("AuthFailure", "InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch",
         "UnrecognizedClientException"),
        _REFUSED,
    ),
    **dict.fromkeys(
        ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation"),
        "the AWS credentials may not do this: {message}",
    ),
    **dict.fromkeys(
        ("RequestLimitExceeded", "SlowDown", "Throttling", "ThrottlingException", "TooManyRequestsException"),
        "AWS limits the rate of these requests ({code}): try again in a minute",
    ),
    "OptInRequired": "the AWS account is not active in this region: {message}",
    "RequestTimeTooSkewed": "this machine's clock is wrong: {message}",
}  # fmt: skip


def explain(error: aws.BotoCoreError | aws.ClientError) -> str:
    """Return a sentence that says what is wrong and what to do; an unknown error keeps its own text."""
    if isinstance(error, aws.ClientError):
        answer: dict[str, Any] = error.response.get("Error", {})
        sentence = _BY_CODE.get(answer.get("Code", ""), "{error}")
        return sentence.format(error=error, message=answer.get("Message", error), code=answer.get("Code"))
    sentence = next((text for classes, text in _BY_CLASS if isinstance(error, classes)), "{error}")
    return sentence.format(error=str(error).rstrip("."))
