"""Requests that are signed by hand: to APIs of the backend, for which boto3 has no client.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from __future__ import annotations

from collections.abc import Mapping

from migrator.aws.session import Session


def signed(
    keys: Session, service: str, method: str, url: str, body: bytes, headers: Mapping[str, str] = {}
) -> dict[str, str]:
    """The headers with a signature of version 4 for `service` (`appsync`, `execute-api`)."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    request = AWSRequest(method, url, data=body, headers=dict(headers))
    signer = SigV4Auth(Credentials(keys.access_key, keys.secret_key, keys.token or None), service, keys.region)
    signer.add_auth(request)
    return dict(request.headers.items())
