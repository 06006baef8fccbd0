"""What botocore raises, in plain words with a way on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from migrator.core.errors import AwsError

_EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired")
_REFUSED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
_UNKNOWN = ("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch")
_BUSY = ("Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown")
_LOG_IN = "log in again: `aws sso login` for an SSO profile, else renew the credentials"
_BY_CODE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (_EXPIRED, "the credentials have expired", _LOG_IN),
    (
        _UNKNOWN,
        "AWS does not know the credentials",
        "check the profile and its keys with `aws sts get-caller-identity`",
    ),
    (_REFUSED, "AWS refuses access", "the message names the permission that the profile needs"),
    (_BUSY, "AWS is being asked too fast", "wait a minute and try again"),
)
_BY_CLASS: tuple[tuple[str, str, str], ...] = (
    ("NoCredentialsError", "there are no AWS credentials", "`npx ampx configure profile`, or name one with --profile"),
    (
        "PartialCredentialsError",
        "the AWS credentials are incomplete",
        "set the missing part, or choose another profile",
    ),
    ("ProfileNotFound", "that profile is in no AWS configuration file", "`aws configure list-profiles` shows them"),
    ("SSOTokenLoadError", "the SSO login is missing", _LOG_IN),
    ("UnauthorizedSSOTokenError", "the SSO login has expired", _LOG_IN),
    ("TokenRetrievalError", "the SSO login has expired", _LOG_IN),
    ("CredentialRetrievalError", "the credentials could not be had", "run the profile's credential process by hand"),
    ("NoRegionError", "no region is chosen", "name one with --region"),
    ("EndpointConnectionError", "AWS cannot be reached", "check the network, the proxy and the region"),
    ("ConnectTimeoutError", "AWS does not answer", "check the network and the proxy, then try again"),
    ("ReadTimeoutError", "AWS did not answer in time", "check the network, then try again"),
    ("ConnectionClosedError", "the connection to AWS broke", "try again"),
)


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Turns what botocore raises inside into AwsError; `what` says what AWS was asked, as in 'the user pool x'."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as problem:
        raise _refused(what, problem.response.get("Error", {})) from problem
    except BotoCoreError as problem:
        raise _failed(what, problem) from problem


def _refused(what: str, error: dict[str, str]) -> AwsError:
    code, text = error.get("Code", ""), error.get("Message", "")
    said = f"{code}: {text}".strip(": ") or "no reason given"
    for codes, reason, hint in _BY_CODE:
        if code in codes:
            return AwsError(f"{what}: {reason} ({said})", hint=hint, code=code)
    return AwsError(f"{what}: {said}", code=code)


def _failed(what: str, problem: Exception) -> AwsError:
    names = {kind.__name__ for kind in type(problem).__mro__}
    for name, reason, hint in _BY_CLASS:
        if name in names:
            return AwsError(f"{what}: {reason} ({problem})", hint=hint, code=name)
    return AwsError(f"{what}: {problem}", code=type(problem).__name__)
