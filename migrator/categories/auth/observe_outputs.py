"""What clients find of auth: sign-in, sign-up, password policy, second factors, the hosted UI.

Gen 1 writes it to `aws-exports.js` and its like, Gen 2 to `amplify_outputs.json`, whose layout is used for both:
https://docs.amplify.aws/react/reference/amplify_outputs/
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from migrator.categories.auth import observe_callouts as callouts
from migrator.categories.auth.observe_forms import GROUP
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document
from migrator.documents.traced import Traced
from migrator.engine.context import Context
from migrator.engine.flatten import EACH, SET, Shape, by
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import REGION, front_end, kept, section, told_by, told_otherwise
from migrator.gen1.app import App
from migrator.gen1.entries import Entry
from migrator.gen1.exports import FrontEnd

KIND = "AWS::Amplify::Auth"
"""The key under which Gen 2's root stack lists these outputs."""
_IDS = {
    "user_pool_id": ("UserPoolId", "user pool"),
    "user_pool_client_id": ("AppClientIDWeb", "web client"),
    "identity_pool_id": ("IdentityPoolId", "identity pool"),
    "native_client_id": ("AppClientID", "native client"),
}
"""By key, the output of the Gen 1 resource, and the name that both generations use."""
_MFA = {"OFF": "NONE", "ON": "REQUIRED", "OPTIONAL": "OPTIONAL"}
_PROVIDERS = {
    "AMAZON": "LOGIN_WITH_AMAZON",
    "LOGINWITHAMAZON": "LOGIN_WITH_AMAZON",
    "APPLE": "SIGN_IN_WITH_APPLE",
    "SIGNINWITHAPPLE": "SIGN_IN_WITH_APPLE",
}
_SOCIAL = ("GOOGLE", "FACEBOOK", "LOGIN_WITH_AMAZON", "SIGN_IN_WITH_APPLE")
"""What clients offer a button for."""
_FACTORS = {"SMS": "SMS", "SMS_MFA": "SMS", "TOTP": "TOTP", "SOFTWARE_TOKEN_MFA": "TOTP", "EMAIL_OTP": "EMAIL"}
_CHARACTERS = ("Lowercase", "Uppercase", "Numbers", "Symbols")
_WORDS = {
    "username_attributes": ("usernameAttributes", "username_attributes"),
    "standard_required_attributes": ("signupAttributes", "signup_attributes"),
    "user_verification_types": ("verificationMechanisms", "verification_mechanisms"),
}
"""By key, the word of `frontendAuthConfig`, and the field of front-end files."""
_SHAPES: dict[str, Shape] = {
    "username_attributes": SET,
    "standard_required_attributes": SET,
    "user_verification_types": SET,
    "mfa_methods": SET,
    "groups": by("name"),
    "oauth.identity_providers": SET,
    "oauth.scopes": SET,
    "oauth.redirect_sign_in_uri": EACH,
    "oauth.redirect_sign_out_uri": EACH,
}


def observe(generation: Generation) -> Iterator[Observed]:
    """What clients find of the user pool, its web client, and the identity pool."""
    entry = _entry(generation.context)
    if generation.side is Side.GEN1 and entry is not None:
        said = _gen1(entry, generation)
        yield observed("auth", told_by(entry, KIND), generation, _SHAPES, properties=said, aspect=Aspect.OUTPUTS)
    elif section(generation, "auth") is not None:
        said = _gen2(generation)
        unknown = unsaid(entry, generation.context.app) if entry is not None else ()
        said = {key: value for key, value in said.items() if key not in unknown}
        made = Declared("outputs of auth", KIND, stack="auth")
        yield observed("auth", made, generation, _SHAPES, properties=said, aspect=Aspect.OUTPUTS)


def _entry(context: Context) -> Entry | None:
    return next(iter(context.app.of("auth", "Cognito")), None)


def unsaid(entry: Entry, app: App) -> Collection[str]:
    """What only a template says, where there is none: it is not compared. Neither are ids that no file has."""
    if "template" in entry.documents:
        return ()
    ids = (key for key, (output, _) in _IDS.items() if not entry.output(output).present)
    files, told = front_end(entry, app), _frontend_config(entry)
    words = (key for key in _WORDS if not _listed(key, files, told).present)
    return ("oauth", "groups", "unauthenticated_identities_enabled", *ids, *words)


def _gen2(generation: Generation) -> dict[str, Any]:
    said = dict(section(generation, "auth") or {})
    said["groups"] = [{"name": name, **own} for group in said.get("groups", ()) for name, own in group.items()]
    said["mfa_methods"] = [] if said.get("mfa_configuration") == "NONE" else said.get("mfa_methods")
    said["native_client_id"] = (section(generation, "custom") or {}).get("nativeClientId")
    meant = re.escape(str(said.get("user_pool_client_id")))  # of a live pool a function looks it up (`referenceAuth`)
    said["oauth_client_id"] = told_otherwise(generation, "oauthClientId", rf"{meant}|\$\{{.*\.oauthClientId\}}")
    return said


def _gen1(entry: Entry, generation: Generation) -> dict[str, Any]:
    files = front_end(entry, generation.context.app)
    said: dict[str, Any] = {"aws_region": REGION, **_ids(entry, generation)}
    said |= summary(entry, files, _of_pool(generation))
    if "template" in entry.documents:
        said["oauth"] = _oauth(files, generation)
        said["groups"] = [
            {"name": one.properties.get("GroupName"), "precedence": one.properties.get("Precedence")}
            for one in generation.of(GROUP)
        ]
        pools = generation.of("AWS::Cognito::IdentityPool")  # without one, nobody is a guest
        guests = [pool.properties.get("AllowUnauthenticatedIdentities", False) for pool in pools]
        said["unauthenticated_identities_enabled"] = guests[-1] if guests else False
    return said


def _ids(entry: Entry, generation: Generation) -> dict[str, str]:
    """Ids by the names of what they are (normalisation `ids-by-name`); of what stays, as they are."""
    declared = {one.name for one in generation.resources}
    return {
        key: kept(entry, output, generation) or f"${{{name}}}"
        for key, (output, name) in _IDS.items()
        if entry.output(output).present or name in declared
    }


def summary(entry: Entry | None, files: FrontEnd, pool: Mapping[str, Any]) -> dict[str, Any]:
    """What clients are told of the pool: by their own file, else by what the CLI makes it of, else by the `pool`.

    Normalisation `words-of-outputs`: Gen 1's capitals and names, in the words of Gen 2.
    """
    told = _frontend_config(entry)
    said: dict[str, Any] = {}
    for key in _WORDS:
        found = _listed(key, files, told)
        words = found.value if found.present else pool.get(key, ())
        said[key] = [one.lower() for one in words]
    mfa = files.mfa_configuration.or_else(told.get("mfaConfiguration").text())
    said["mfa_configuration"] = _MFA.get(mfa.value or pool.get("mfa", "OFF"), "NONE")
    factors = files.mfa_types.or_else(told.get("mfaTypes").texts())
    listed = factors.value if factors.present else pool.get("factors", ())
    off = said["mfa_configuration"] == "NONE"  # normalisation `factors-of-no-mfa`
    said["mfa_methods"] = [] if off else [_FACTORS.get(one, one) for one in listed]
    return said | {"password_policy": _password(told.get("passwordProtectionSettings"), files, pool)}


def _listed(key: str, files: FrontEnd, told: Cursor) -> Traced[tuple[str, ...]]:
    """One of the lists that clients are told, where a file says it."""
    word, field = _WORDS[key]
    found: Traced[tuple[str, ...]] = getattr(files, field)
    return found.or_else(told.get(word).texts())


def said_by_files(entry: Entry | None, files: FrontEnd) -> Iterator[str]:
    """The keys of the summary that files say something of, whatever the pool is like."""
    told = _frontend_config(entry)
    yield from (key for key in _WORDS if _listed(key, files, told).present)
    if files.mfa_configuration.present or told.get("mfaConfiguration").present:
        yield from ("mfa_configuration", "mfa_methods")
    if files.password_minimum_length.present or told.get("passwordProtectionSettings").present:
        yield "password_policy"


def _frontend_config(entry: Entry | None) -> Cursor:
    """`frontendAuthConfig`, what the CLI makes of the pool for clients."""
    if entry is None:
        return Cursor(Document(Path(), "", {}), [])
    roles = (role for role in ("meta", "backend-config") if role in entry.documents)
    found = (entry.cursor(role).get("frontendAuthConfig") for role in roles)
    return next((one for one in found if one.present), entry.cursor("nothing"))


def _password(told: Cursor, files: FrontEnd, pool: Mapping[str, Any]) -> dict[str, Any]:
    """The policy; without one, Cognito asks for 8 characters (normalisation `words-of-outputs`)."""
    length = files.password_minimum_length.or_else(told.get("passwordPolicyMinLength").integer())
    characters = files.password_characters.or_else(told.get("passwordPolicyCharacters").texts())
    wanted = characters.value if characters.present else pool.get("characters", ())
    return {
        "min_length": length.value or pool.get("length", 8),
        **{f"require_{word.lower()}": f"REQUIRES_{word.upper()}" in wanted for word in _CHARACTERS},
    }


def _of_pool(generation: Generation) -> dict[str, Any]:
    """The same, of the deployed pool; empty without a template."""
    for pool in generation.of("AWS::Cognito::UserPool"):
        said, _ = callouts.set_of_pool(pool, generation)
        policies = said.get("Policies")
        policy = policies.get("PasswordPolicy", {}) if isinstance(policies, Mapping) else {}
        required = [one.get("Name") for one in said.get("Schema") or () if str(one.get("Required")).lower() == "true"]
        return {
            "username_attributes": said.get("UsernameAttributes") or (),
            "standard_required_attributes": required,
            "user_verification_types": said.get("AutoVerifiedAttributes") or (),
            "mfa": said.get("MfaConfiguration", "OFF"),
            "factors": said.get("EnabledMfas") or (),
            "length": policy.get("MinimumLength", 8),
            "characters": [f"REQUIRES_{word.upper()}" for word in _CHARACTERS if policy.get(f"Require{word}")],
        }
    return {}


def _oauth(files: FrontEnd, generation: Generation) -> dict[str, Any] | None:
    """The hosted UI, as the file says it, else as the web client is deployed; None where clients are told of none."""
    domain = "${domain of the hosted UI}.auth.${AWS::Region}.amazoncognito.com"
    if files.user_pool_id.present:
        return hosted_ui(domain, **told_ui(files)) if files.oauth_domain.value else None
    web = next((one for one in generation.of("AWS::Cognito::UserPoolClient") if one.name == "web client"), None)
    said = callouts.set_of_client(web, generation)[0] if web else {}
    if not said.get("CallbackURLs") or not _has_domain(generation):
        return None
    return hosted_ui(
        domain,
        flow=next(iter(said.get("AllowedOAuthFlows") or ()), ""),
        scopes=said.get("AllowedOAuthScopes") or (),
        sign_in=said["CallbackURLs"],
        sign_out=said.get("LogoutURLs") or (),
        providers=said.get("SupportedIdentityProviders") or (),
    )


def told_ui(files: FrontEnd) -> dict[str, Any]:
    """What front-end files say of the hosted UI besides its domain."""
    return {
        "flow": files.oauth_response_type.value,
        "scopes": files.oauth_scopes.value,
        "sign_in": files.sign_in_urls.value,
        "sign_out": files.sign_out_urls.value,
        "providers": files.social_providers.value,
    }


def hosted_ui(
    domain: str,
    *,
    flow: str,
    scopes: Iterable[str],
    sign_in: Iterable[str],
    sign_out: Iterable[str],
    providers: Iterable[str],
) -> dict[str, Any]:
    """The hosted UI in the words of Gen 2."""
    named = (_PROVIDERS.get(one.upper(), one.upper()) for one in providers)
    return {
        "domain": domain,
        "scopes": list(scopes),
        "redirect_sign_in_uri": list(sign_in),
        "redirect_sign_out_uri": list(sign_out),
        "response_type": {"implicit": "token"}.get(flow, flow),
        "identity_providers": [one for one in named if one in _SOCIAL],
    }


def _has_domain(generation: Generation) -> bool:
    return any(generation.of("AWS::Cognito::UserPoolDomain")) or any(callouts.domains(generation))
