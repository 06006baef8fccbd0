"""Users of a pool: making them, signing them in, and the credentials that the identity pool gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from migrator.aws.cognito import client_secret
from migrator.aws.errors import asking
from migrator.aws.properties import optional
from migrator.aws.session import Session
from migrator.aws.srp import Srp, secret_hash
from migrator.core.errors import AwsError


class Door(Struct, frozen=True):
    """Where users come in: a pool, one of its clients, and the identity pool beside it (empty for none)."""

    pool: str
    client: str
    identity_pool: str = ""


class Account(Struct, frozen=True):
    """What a user signs in with."""

    name: str
    password: str
    attributes: Mapping[str, str] = {}


class Tokens(Struct, frozen=True):
    """What a signed-in user holds."""

    id: str
    access: str

    @property
    def username(self) -> str:
        """What the pool calls the user, as the access token says it; not verified, because nothing depends on it."""
        import base64

        import msgspec

        part = self.access.split(".")[1]
        said = msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return str(said.get("username", ""))


class Challenge(AwsError):
    """Cognito wants more than the password; `code` is its name for it, such as `SOFTWARE_TOKEN_MFA`."""


def sign_up(session: Session, door: Door, account: Account) -> None:
    """Signs a user up and confirms them, as if the code had been typed in. Triggers run. Raises AwsError."""
    client = session.client("cognito-idp")
    secret = client_secret(session, door.pool, door.client)
    hashed = {"SecretHash": secret_hash(account.name, door.client, secret)} if secret else {}
    with asking(f"signing {account.name} up"):
        answer = client.sign_up(
            ClientId=door.client,
            Username=account.name,
            Password=account.password,
            UserAttributes=_listed(account.attributes),
            **hashed,
        )
        if not answer.get("UserConfirmed"):
            client.admin_confirm_sign_up(UserPoolId=door.pool, Username=account.name)


def create_user(session: Session, door: Door, account: Account) -> None:
    """Makes a user as an administrator does, with a password that holds. Raises AwsError."""
    client = session.client("cognito-idp")
    with asking(f"making the user {account.name}"):
        client.admin_create_user(
            UserPoolId=door.pool,
            Username=account.name,
            UserAttributes=_listed({**account.attributes, **_verified(account.attributes)}),
            MessageAction="SUPPRESS",
        )
        client.admin_set_user_password(
            UserPoolId=door.pool, Username=account.name, Password=account.password, Permanent=True
        )


def _listed(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def _verified(attributes: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_verified": "true" for name in ("email", "phone_number") if name in attributes}


def delete_user(session: Session, pool: str, name: str) -> bool:
    """Removes a user; False when there was none. Raises AwsError."""
    client = session.client("cognito-idp")
    missing = "UserNotFoundException"
    call = f"removing the user {name}"
    return optional(lambda: client.admin_delete_user(UserPoolId=pool, Username=name), call, missing) is not None


def add_to_group(session: Session, pool: str, name: str, group: str) -> None:
    """Makes a user a member of a group. Raises AwsError."""
    with asking(f"adding {name} to the group {group}"):
        session.client("cognito-idp").admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)


def sign_in(session: Session, door: Door, account: Account) -> Tokens:
    """Signs a user in with SRP. Raises Challenge when the pool wants a second factor, AwsError when it refuses."""
    client = session.client("cognito-idp")
    srp = Srp(door.pool, account.password)
    secret = client_secret(session, door.pool, door.client)
    with asking(f"signing {account.name} in"):
        given = {"USERNAME": account.name, "SRP_A": srp.public}
        if secret:
            given["SECRET_HASH"] = secret_hash(account.name, door.client, secret)
        answer = client.initiate_auth(ClientId=door.client, AuthFlow="USER_SRP_AUTH", AuthParameters=given)
        if answer.get("ChallengeName") == "PASSWORD_VERIFIER":
            answers = srp.answers(answer["ChallengeParameters"])
            if secret:
                answers["SECRET_HASH"] = secret_hash(answers["USERNAME"], door.client, secret)
            answer = client.respond_to_auth_challenge(
                ClientId=door.client,
                ChallengeName="PASSWORD_VERIFIER",
                ChallengeResponses=answers,
                **({"Session": answer["Session"]} if answer.get("Session") else {}),
            )
    return _tokens(answer, account.name)


def _tokens(answer: Mapping[str, Any], name: str) -> Tokens:
    found = answer.get("AuthenticationResult")
    if not found:
        wanted = str(answer.get("ChallengeName", ""))
        raise Challenge(f"signing {name} in: the pool asks for {wanted}", code=wanted)
    return Tokens(found["IdToken"], found["AccessToken"])


def identity(session: Session, door: Door, tokens: Tokens | None) -> tuple[str, Session]:
    """The identity id of a signed-in user, or of a guest, and a session with the credentials of that identity.

    Raises AwsError, also when the identity pool lets no guests in.
    """
    client = session.client("cognito-identity")
    provider = f"cognito-idp.{session.region}.amazonaws.com/{door.pool}"
    logins = {"Logins": {provider: tokens.id}} if tokens else {}
    with asking(f"credentials of the identity pool {door.identity_pool}"):
        id = str(client.get_id(IdentityPoolId=door.identity_pool, **logins)["IdentityId"])
        keys = client.get_credentials_for_identity(IdentityId=id, **logins)["Credentials"]
    return id, Session(
        session.region,
        endpoint=session.endpoint,
        access_key=keys["AccessKeyId"],
        secret_key=keys["SecretKey"],
        token=keys["SessionToken"],
    )
