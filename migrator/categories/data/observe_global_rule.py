"""Fields that a caller's mode alone opens (normalisation `global-rule`).

`input AMPLIFY { globalAuthRule: ... }` makes Gen 1 ask for the mode in the step after authorization, and there is no
step of authorization; a rule of the model itself (`allow: public`), as Gen 2 has it, asks in that step.
https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/customize-authorization-rules/
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

AUTH, AFTER = "auth 0", "postAuth 0"
_LETS_IN = "#set( $isAuthorized = true )"
_PASSES = "#return($util.toJson({}))"
_TEXTS = frozenset(("d173e9b78ad5", "75c5ca46ab3f", "23b2dc430665", "e65c959b0bbe"))
"""The hashes of what Amplify writes beside the callers of reads, creations, updates, and of deletions and
subscriptions: whoever is let in passes, everybody else is refused."""
_TEMPLATES = ("RequestMappingTemplate", "ResponseMappingTemplate")


def with_global_rule(labels: list[str], steps: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """The pipeline as Gen 1 has it, if its step of authorization does nothing but let callers of some modes in."""
    callers, after = _callers(steps.get(AUTH)), steps.get(AFTER)
    if not callers or not after or after[_TEMPLATES[0]]["Callers"]:
        return labels, dict(steps)
    asked = {**after[_TEMPLATES[0]], "Callers": dict.fromkeys(callers, _PASSES)}
    others = {name: step for name, step in steps.items() if name != AUTH}
    return [one for one in labels if one != AUTH], {**others, AFTER: {**after, _TEMPLATES[0]: asked}}


def _callers(step: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The modes that a step lets in; none, if it does anything else, or asks anything else of them."""
    said = [step[key] for key in _TEMPLATES if key in step and step[key].get("Callers")] if step else []
    if len(said) != 1 or set(said[0]["Callers"].values()) != {_LETS_IN} or said[0]["Stash"] != {"hasAuth": "true"}:
        return ()
    text = sha256(str(said[0]["Text"]).encode()).hexdigest()[:12]
    return tuple(said[0]["Callers"]) if text in _TEXTS and said[0].keys() == {"Stash", "Callers", "Text"} else ()
