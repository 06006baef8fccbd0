"""What counts as a secret: one definition for findings, reports and emitted code."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

HIDDEN = "(secret, not shown)"
REDACTED = "<redacted by migrate>"
"""What stands in a downloaded file in place of a secret; it counts as one, so that nothing takes it for a value."""

_NAME = re.compile(
    r"passw(?:or)?d|passphrase|secret|token|credential|creds$|private_?key|api_?key|access_?key|auth_?key|"
    r"signing_?key|encryption_?key|webhook|bearer|_key$",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"passw|secret|private_?key|passphrase", re.IGNORECASE)
_MIXED = re.compile(r"[0-9]|[a-z][A-Z]")
_HARMLESS_NAME = re.compile(
    r"(?:url|uri|endpoint|arn|names?|id|ids|path|paths|prefix|table|policy|characters|length|minlength|validity|units?|"
    r"expir\w*|epoch|days|hours|ttl|type|enabled|s3key|bucket|region|config|version|hash|count|output|pathamplifyappid)$|"
    r"^(?:create|update|use|allow|enable|disable|is|has|show|require|generate)_?[A-Za-z]|passwordpolicy|generatesecret|"
    r"token_?generation|trigger|partition_?key|sort_?key|primary_?key|hash_?key|range_?key|key_?name|key_?schema|public_?key",
    re.IGNORECASE,
)
_HASH_NAME = re.compile(r"hash|digest|sha\d|checksum|etag|integrity|s3key|logicalid|version|arn$", re.IGNORECASE)
_KEYS = (
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"  # AWS access key ids
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\bda2-[a-z0-9]{20,}"  # AppSync API keys
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bnpm_[A-Za-z0-9]{30,}"
    r"|\bxox[abeoprs]-[\w-]{10,}|\bhooks\.slack\.com/services/\w+"
    r"|\b[sr]k_(?:live|test)_\w{10,}|\bwhsec_\w{10,}|\bsk-[\w-]{20,}"
    r"|\bAIza[\w-]{35}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}"
    r"|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[0-9a-f]{32}\b"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\."  # JSON web tokens
    r"|://[^/\s:@]+:[^/\s:@]{3,}@"  # a password in a URL
)
_SHAPE = re.compile(rf"{_KEYS}|\"(?:client_?secret|private_?key)\"\s*:\s*\"[^\"]{{4,}}", re.IGNORECASE)
_KEY_BLOCK = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----.*?(?:-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----|\Z)", re.DOTALL
)
_PAIR = re.compile(
    r"(?P<head>(?P<name>[A-Za-z_][\w.-]{2,60})[\"']?\s{0,3}[=:]\s{0,3}(?:Bearer\s+)?[\"']?)(?P<value>[^\s\"',;{}()<>]{4,})"
)
_WHOLE_KEY = re.compile(rf"(?:{_KEYS})[^\s\"',;<>)]*", re.IGNORECASE)
_BEARER = re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_SHORTEST = 12
_DULL = re.compile(
    r"\s*|true|false|null|none|-?\d+(?:\.\d+)?|\[\s*\]|\{\s*\}|<.*>|x+|\*+|changeme|redacted|todo|disallow|allow",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\$\{|arn:|/|https?://|\{\{|%[\w]+%")
_DENSE = re.compile(r"[A-Za-z0-9+/_=-]{32,200}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{5,}")


def looks_secret(name: str, value: object) -> bool:
    """Whether a setting is, by its name or by the shape of its value, something that must not be shown.

    Ids (user pools, app clients, identity pools, APIs, apps), ARNs, paths of parameters and names are not secret.
    """
    if value == REDACTED:
        return True
    if not isinstance(value, str) or len(value) < 4 or _DULL.fullmatch(value):
        return False
    if len(value) >= _SHORTEST and _SHAPE.search(value):
        return True
    if _REFERENCE.match(value):
        return False
    if _NAME.search(name) and not _HARMLESS_NAME.search(name):
        return bool(_PLAIN_NAME.search(name)) or (" " not in value and len(value) >= 8 and bool(_MIXED.search(value)))
    return _is_random(value) and not _HASH_NAME.search(name)


def redact(name: str, value: object) -> str:
    """The value as text, or a note in its place when it is secret."""
    return HIDDEN if looks_secret(name, value) else str(value)


def without_keys(text: str) -> str:
    """Source code with everything left out that has the shape of a key, a token or a password in a URL."""
    return _WHOLE_KEY.sub(REDACTED, _KEY_BLOCK.sub(REDACTED, text))


def without_secrets(text: str) -> str:
    """The output of a program, or a log, also without what is called a secret (`password=...`)."""
    text = _BEARER.sub(rf"\1 {REDACTED}", without_keys(text))
    return _PAIR.sub(lambda m: f"{m['head']}{REDACTED}" if looks_secret(m["name"], m["value"]) else m[0], text)


def _is_random(value: str) -> bool:
    """Whether a text is dense and without words, as keys are: upper case, lower case and digits mixed."""
    if not _DENSE.fullmatch(value) or _UUID.search(value) or _WORD.search(value):
        return False
    kinds = [sum(test(c) for c in value) for test in (str.isupper, str.islower, str.isdigit)]
    if min(kinds) < 3:
        return False
    counts = Counter(value)
    entropy = -sum(n / len(value) * log2(n / len(value)) for n in counts.values())
    return entropy >= 4.0
