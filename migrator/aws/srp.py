"""Signing in to a Cognito user pool without sending the password: the Secure Remote Password protocol, version 6a.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
The group is the 3072-bit one of https://www.rfc-editor.org/rfc/rfc3526#section-4, the key is derived with
https://www.rfc-editor.org/rfc/rfc5869, and the protocol is https://www.rfc-editor.org/rfc/rfc5054#section-2.6.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

_N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
_G = 2
_INFO = b"Caldera Derived Key"
_KEY_BYTES = 16
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def padded(number: int) -> bytes:
    """A number as the shortest bytes that are positive in two's complement, as Cognito hashes it."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hashed(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")


_K = _hashed(padded(_N), padded(_G))


class Srp:
    """One sign-in to a pool. `secret` is the random number of this attempt."""

    def __init__(self, pool: str, password: str, secret: int = 0) -> None:
        self._pool = pool.partition("_")[2]
        self._password = password
        self._secret = secret or secrets.randbits(1024)
        self._public = pow(_G, self._secret, _N)

    @property
    def public(self) -> str:
        """`SRP_A` of the first request."""
        return f"{self._public:x}"

    def answers(self, challenge: Mapping[str, str], now: datetime | None = None) -> dict[str, str]:
        """The answers to the challenge `PASSWORD_VERIFIER`, from its parameters."""
        user = challenge["USER_ID_FOR_SRP"]
        block = challenge["SECRET_BLOCK"]
        key = self.key(user, int(challenge["SALT"], 16), int(challenge["SRP_B"], 16))
        moment = now or datetime.now(UTC)
        day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]  # in English, whatever the locale is
        stamp = f"{day} {month} {moment.day} {moment:%H:%M:%S} UTC {moment:%Y}"
        said = self._pool.encode() + user.encode() + base64.b64decode(block) + stamp.encode()
        return {
            "USERNAME": user,
            "TIMESTAMP": stamp,
            "PASSWORD_CLAIM_SECRET_BLOCK": block,
            "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, said, "sha256")).decode(),
        }

    def key(self, user: str, salt: int, server: int) -> bytes:
        """The key that both sides come to when they know the same password.

        Raises ValueError for a number of the server that the protocol forbids.
        """
        if server % _N == 0:
            raise ValueError("the server's number is a multiple of the modulus")
        scrambled = _hashed(padded(self._public), padded(server))
        private = private_key(self._pool, user, self._password, salt)
        shared = pow(server - _K * pow(_G, private, _N), self._secret + scrambled * private, _N)
        return derived(shared, scrambled)


def private_key(pool: str, user: str, password: str, salt: int) -> int:
    """What stands for the password: its hash with the pool's name (without the region), the user and the salt."""
    return _hashed(padded(salt), hashlib.sha256(f"{pool}{user}:{password}".encode()).digest())


def derived(shared: int, scrambled: int) -> bytes:
    """The key that signs the answer (HKDF with one block)."""
    extracted = hmac.digest(padded(scrambled), padded(shared), "sha256")
    return hmac.digest(extracted, _INFO + b"\x01", "sha256")[:_KEY_BYTES]


def secret_hash(user: str, client: str, client_secret: str) -> str:
    """What clients with a secret send along.

    https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
    """
    return base64.b64encode(hmac.digest(client_secret.encode(), f"{user}{client}".encode(), "sha256")).decode()
