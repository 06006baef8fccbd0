"""Gen 1 as it is deployed and Gen 2 as it is synthesized, as the categories observe them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer
from migrator.engine.rule import Rule
from migrator.engine.survey import Survey, survey
from migrator.verify.assembly import Assembly
from migrator.verify.client_outputs import ClientOutputs, ReadClient
from migrator.verify.extent import Extent
from migrator.verify.gen1_stacks import gen1_generation
from migrator.verify.gen2_stacks import gen2_generation
from migrator.verify.grants import Grants, Scope
from migrator.verify.naming import live_ids, named
from migrator.verify.results import Detail
from migrator.verify.subject import DeployedSubject
from migrator.verify.undecided import undecided

_MODELS = "model_introspection"
"""The part of `amplify_outputs.json` that is generated from the schema."""
_READ = ("_generation1", "_generation2", "_otherwise")
Side = tuple[tuple[str, Observed], ...]
"""What is observed on one side, each with its feature."""


class Sides:
    """Both generations of one project, each read once."""

    def __init__(
        self,
        subject: DeployedSubject,
        context: Context,
        assembly: Assembly,
        branch: str,
        read_client: ReadClient | None = None,
    ) -> None:
        self.subject = subject
        self.context = context
        self.extent = Extent(subject, context)
        self._assembly = assembly
        self._branch = branch
        self._read_client = read_client

    def beside(self, assembly: Assembly) -> Sides:
        """The same Gen 1, which is not read again, beside another Gen 2."""
        other = Sides(self.subject, self.context, assembly, self._branch, self._read_client)
        other.__dict__ |= {"gen1": self.gen1, "_generation1": self._generation1}
        return other

    def judged_by(self, rules: Iterable[Rule]) -> Sides:
        """The same sides, of which nothing is read again, with other rules about differences."""
        subject = replace(self.subject, rules=tuple(rules))
        other = Sides(subject, self.context, self._assembly, self._branch, self._read_client)
        other.__dict__ |= {name: getattr(self, name) for name in ("gen1", "gen2", "client", "grants", *_READ)}
        return other

    @cached_property
    def gen1(self) -> Survey:
        """What Gen 1 deployed."""
        return self._survey(replace(self._generation1, client=self._modelled))

    @cached_property
    def gen2(self) -> Survey:
        """What Gen 2 synthesizes."""
        client = dict(self.client.config or {})
        if self._model is None and "data" in client:  # without Gen 1's models there is nothing to compare with
            client["data"] = {key: value for key, value in client["data"].items() if key != _MODELS}
        return self._survey(replace(self._generation2, client=client))

    @cached_property
    def grants(self) -> tuple[Side, Side]:
        """The rights on both sides, as far as they are compared."""
        return self._granted(self._generation1)

    def of(self, aspect: Aspect) -> tuple[Side, Side]:
        """One aspect of both."""
        return self.grants if aspect is Aspect.GRANTS else (self.gen1.of(aspect), self.gen2.of(aspect))

    @cached_property
    def client(self) -> ClientOutputs:
        """What clients find in Gen 2, where that is asked for."""
        if self._read_client is None:
            return ClientOutputs()
        values = self._generation2.outputs.get("", {})
        found = (observer.schema(self.context) for observer in self._observers)
        schemas = [schema for schema in found if schema.text]
        return self._read_client(self._assembly, values, schemas)

    def undecided(self, aspect: Aspect) -> Iterator[Detail]:
        """What cannot be compared since nobody knows which of two things Gen 1 deployed."""
        if self._otherwise is None:
            return
        if aspect is Aspect.GRANTS:
            holding, otherwise = ([one for _, one in self._granted(g)[0]] for g in (self._generation1, self._otherwise))
        else:
            seen = self.gen1, self._survey(replace(self._otherwise, client=self._modelled))
            holding, otherwise = ([one for _, one in side.of(aspect) if self.extent.is_ours(one)] for side in seen)
        yield from undecided(self._generation1.undecided, holding, otherwise)

    @property
    def _observers(self) -> list[Observer]:
        return [watch.observer for watch in self.subject.watches]

    @property
    def _modelled(self) -> dict[str, Any]:
        return {"data": {_MODELS: self._model}} if self._model else {}

    @property
    def _model(self) -> dict[str, Any] | None:
        """What code generation makes of Gen 1's schema."""
        return next((one.model for one in self.client.models if one.model), None)

    def _survey(self, generation: Generation) -> Survey:
        return survey(generation, self.subject.watches, outputs=self._read_client is not None)

    @cached_property
    def _generation1(self) -> Generation:
        made = gen1_generation(self.context, [one.gives for one in self._observers], self.extent.made_again)
        for observer in self._observers:
            made = replace(made, resources=tuple(observer.changed(one, made) for one in made.resources))
        return self._named(made)

    @cached_property
    def _otherwise(self) -> Generation | None:
        """Gen 1 if the conditions did not hold that no file decides; None where there are none."""
        if not self._generation1.undecided:
            return None
        gives = [one.gives for one in self._observers]
        return self._named(gen1_generation(self.context, gives, self.extent.made_again, assumed=False))

    @cached_property
    def _generation2(self) -> Generation:
        return self._named(gen2_generation(self._assembly, self.context, self._branch))

    def _named(self, generation: Generation) -> Generation:
        return named(generation, self._observers, self._live)

    @cached_property
    def _live(self) -> Mapping[str, str]:
        """What live resources that stay mean, by the ids and names that they have."""
        found = dict(live_ids(self.context, self._observers, self.extent.stays))
        for watch in self.subject.watches:
            found |= watch.observer.live(self.context) if self.extent.is_kept_whole(watch.feature) else {}
        return found

    def _granted(self, gen1: Generation) -> tuple[Side, Side]:
        extent = self.extent
        scope = Scope(
            extent.asks_for,
            self.context.converted,
            extent.stays,
            self._is_kept,
            extent.is_waiting,
            extent.is_unseen,
        )
        left, right = Grants(gen1, self._generation2, self._observers, scope).sides
        return tuple(("", one) for one in left), tuple(("", one) for one in right)

    def _is_kept(self, holder: Declared) -> bool:
        """Whether a role of Gen 1 is kept; one of the root stack, with the feature that names it."""
        if holder.owner:
            return self.extent.stays(holder.owner)
        named = (watch.feature for watch in self.subject.watches if watch.observer.name(holder, self._generation1))
        return self.extent.is_kept_whole(next(named, ""))
