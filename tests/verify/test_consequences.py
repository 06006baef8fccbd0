"""What users would meet if a difference in rights were deployed."""

from __future__ import annotations

import pytest

from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Aspect, Observed
from migrator.verify.consequences import consequence

OWN = "${cognito-identity.amazonaws.com:sub}"
FILES = "Allow[arn:aws:s3:::${bucket media}/%s]"


def right(key: str, attribute: str, gen1: tuple[str, ...] | None, gen2: tuple[str, ...] | None) -> str:
    known = {FILES % f"private/{OWN}/*": ("s3:GetObject",)}
    seen = Observed("AWS::IAM::Role", key, known, (), Aspect.GRANTS)
    return consequence(Mismatch("AWS::IAM::Role", key, attribute, gen1, gen2, seen, seen))


@pytest.mark.parametrize(
    ("key", "attribute", "gen1", "gen2", "said"),
    [
        (
            "authenticated role",
            FILES % "private/*",
            None,
            ("s3:GetObject", "s3:PutObject"),
            "every signed-in user could read and write the files at `private/*` of the bucket media: those of every "
            "other user too, where Gen 1 gives each user only their own",
        ),
        (
            "guest role",
            FILES % "public/*",
            None,
            ("s3:PutObject",),
            "everybody, without signing in, could write the files at `public/*` of the bucket media",
        ),
        (
            "role of function resize",
            "Allow[*]",
            ("logs:PutLogEvents",),
            ("iam:*", "s3:GetObject"),
            "the role of function resize could call iam:* and s3:GetObject on `*`; the role of function resize could "
            "no longer call logs:PutLogEvents on `*`",
        ),
    ],
)
def test_rights_are_told_in_words(
    key: str, attribute: str, gen1: tuple[str, ...] | None, gen2: tuple[str, ...] | None, said: str
) -> None:
    assert right(key, attribute, gen1, gen2) == f"If this were deployed, {said}."


def test_what_is_no_right_has_none() -> None:
    seen = Observed("AWS::S3::Bucket", "bucket media", {}, ())
    assert consequence(Mismatch("AWS::S3::Bucket", "bucket media", "Tags", 1, 2, seen, seen)) == ""
