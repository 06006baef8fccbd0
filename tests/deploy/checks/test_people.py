"""Users as a pool wants them."""

from __future__ import annotations

from migrator.deploy.checks.people import account, password


def _required(name: str, **more: object) -> dict[str, object]:
    return {"Name": name, "Required": True, **more}


def test_people_sign_in_with_what_the_pool_says() -> None:
    assert account("ada", {"UsernameAttributes": ["email"]}).name == "ada@example.com"
    assert account("ada", {"UsernameAttributes": ["phone_number"]}).name.startswith("+1")
    assert account("ada", {}).name == "ada"


def test_every_required_attribute_gets_a_value() -> None:
    made = account("ada", {"Schema": [_required("birthdate"), _required("nickname"), {"Name": "gender"}]})
    assert made.attributes.keys() == {"email", "birthdate", "nickname"}
    assert made.attributes["birthdate"] == "1990-01-31"


def test_values_keep_within_their_lengths() -> None:
    limits = {"MinLength": "5", "MaxLength": "6"}
    made = account("ada", {"Schema": [_required("nickname", StringAttributeConstraints=limits)]})
    assert made.attributes["nickname"] == "adaxx"


def test_a_password_is_as_long_as_the_policy_wants() -> None:
    made = password({"Policies": {"PasswordPolicy": {"MinimumLength": 24}}})
    assert len(made) == 24
    assert {kind(made) for kind in (_upper, _lower, _digit, _symbol)} == {True}


def _upper(text: str) -> bool:
    return any(one.isupper() for one in text)


def _lower(text: str) -> bool:
    return any(one.islower() for one in text)


def _digit(text: str) -> bool:
    return any(one.isdigit() for one in text)


def _symbol(text: str) -> bool:
    return any(not one.isalnum() for one in text)
