"""Both sides of the protocol come to the same key, and only with the right password."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from migrator.aws import srp

_SALT, _SERVER_SECRET = 0xBEEF_F00D, 0x1234_5678_9ABC_DEF0


def _server(password: str, public: int, user: str = "ada") -> tuple[int, bytes]:
    """The server's number and key, computed from the verifier as RFC 5054 says."""
    k = int.from_bytes(hashlib.sha256(srp.padded(srp._N) + srp.padded(srp._G)).digest(), "big")
    verifier = pow(srp._G, srp.private_key("POOL", user, password, _SALT), srp._N)
    number = (k * verifier + pow(srp._G, _SERVER_SECRET, srp._N)) % srp._N
    u = int.from_bytes(hashlib.sha256(srp.padded(public) + srp.padded(number)).digest(), "big")
    return number, srp.derived(pow(public * pow(verifier, u, srp._N), _SERVER_SECRET, srp._N), u)


def test_both_sides_come_to_the_same_key():
    client = srp.Srp("eu-west-1_POOL", "correct horse", secret=987654321)
    number, key = _server("correct horse", int(client.public, 16))
    assert client.key("ada", _SALT, number) == key


def test_a_wrong_password_comes_to_another_key():
    client = srp.Srp("eu-west-1_POOL", "wrong horse", secret=987654321)
    number, key = _server("correct horse", int(client.public, 16))
    assert client.key("ada", _SALT, number) != key


def test_numbers_are_padded_to_be_positive():
    assert (srp.padded(0x80), srp.padded(0x7F)) == (b"\x00\x80", b"\x7f")


def test_the_modulus_is_that_of_rfc_3526():
    assert 2**3072 - 2**3008 - 1 + 2**64 * (_pi_times_two_to_the(2942) + 1690314) == srp._N


def _pi_times_two_to_the(bits: int) -> int:
    """Machin's formula, with 64 bits more than are asked for."""
    unit = 1 << (bits + 64)
    return 4 * (4 * _arctangent_of_one_over(5, unit) - _arctangent_of_one_over(239, unit)) >> 64


def _arctangent_of_one_over(x: int, unit: int) -> int:
    term = total = unit // x
    odd, sign = 3, -1
    while term:
        term //= x * x
        total += sign * (term // odd)
        odd, sign = odd + 2, -sign
    return total


def test_a_server_number_of_zero_is_refused():
    with pytest.raises(ValueError, match="multiple of the modulus"):
        srp.Srp("eu-west-1_POOL", "p", secret=1).key("ada", _SALT, srp._N)


def test_the_answer_signs_pool_user_block_and_time():
    client = srp.Srp("eu-west-1_POOL", "correct horse", secret=987654321)
    number, key = _server("correct horse", int(client.public, 16))
    block = base64.b64encode(b"block").decode()
    challenge = {"USER_ID_FOR_SRP": "ada", "SECRET_BLOCK": block, "SALT": f"{_SALT:x}", "SRP_B": f"{number:x}"}
    said = client.answers(challenge, datetime(2026, 3, 7, 9, 5, 1, tzinfo=UTC))
    message = b"POOLada" + b"block" + b"Sat Mar 7 09:05:01 UTC 2026"
    assert said["TIMESTAMP"] == "Sat Mar 7 09:05:01 UTC 2026"
    assert said["PASSWORD_CLAIM_SIGNATURE"] == base64.b64encode(hmac.digest(key, message, "sha256")).decode()


def test_the_hash_of_a_client_secret_is_that_of_user_and_client():
    expected = base64.b64encode(hmac.digest(b"secret", b"adaclient", "sha256")).decode()
    assert srp.secret_hash("ada", "client", "secret") == expected
