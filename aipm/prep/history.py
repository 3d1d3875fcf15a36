"""The edits of a recipe as a log that only grows: undo and redo add to it, so that no later step is ever lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from aipm.prep.operation import Operation
from aipm.prep.recipe import Recipe, Step
from aipm.prep.recipe_file import plain_step, recipe_from

Kind = Literal["start", "edit", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what was done, to which steps, and the recipe afterwards.

    `of` is the entry whose recipe an undo or redo brought back.
    """

    kind: Kind
    action: str
    steps: tuple[str, ...]
    recipe: Recipe
    of: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Every state that the recipe had, in order.

    An edit after an undo goes on from there; what was undone stays in the log, and further undoing walks back through
    it.
    """

    log: tuple[Entry, ...] = (Entry("start", "start", (), Recipe()),)

    @classmethod
    def of(cls, recipe: Recipe) -> "History":
        return cls((Entry("start", "start", tuple(step.id for step in recipe.steps), recipe),))

    @property
    def recipe(self) -> Recipe:
        return self.log[-1].recipe

    # edits

    def insert(self, *steps: Step, at: int | None = None) -> "History":
        """Steps added at a place (at the end where none is said), as one edit. An id that is taken gets a number."""
        place = len(self.recipe.steps) if at is None else max(0, min(at, len(self.recipe.steps)))
        taken = {step.id for step in self.recipe.steps}
        new = []
        for step in steps:
            name, number = step.id, 2
            while name in taken:
                name, number = f"{step.id}-{number}", number + 1
            taken.add(name)
            new.append(replace(step, id=name))
        before, after = self.recipe.steps[:place], self.recipe.steps[place:]
        return self._edited("insert", [step.id for step in new], (*before, *new, *after))

    def remove(self, *ids: str) -> "History":
        self._known(ids)
        return self._edited("remove", ids, tuple(step for step in self.recipe.steps if step.id not in ids))

    def edit(self, name: str, **changed: Any) -> "History":
        """Other columns, params or reason of a step."""
        self._known([name])
        steps = tuple(replace(step, **changed) if step.id == name else step for step in self.recipe.steps)
        return self._edited("edit", [name], steps)

    def toggle(self, name: str) -> "History":
        """A step switched off, or on again."""
        wanted = not self.recipe.step(name).enabled
        steps = tuple(replace(step, enabled=wanted) if step.id == name else step for step in self.recipe.steps)
        return self._edited("switch on" if wanted else "switch off", [name], steps)

    def move(self, name: str, to: int) -> "History":
        """A step to another place, counted from 0 among the steps as they then are."""
        step = self.recipe.step(name)
        others = [each for each in self.recipe.steps if each.id != name]
        others.insert(max(0, min(to, len(others))), step)
        return self._edited("move", [name], tuple(others))

    def aim(self, target: str | None) -> "History":
        """Another column to predict."""
        return self._after(Entry("edit", "target", (), replace(self.recipe, target=target)))

    def become(self, recipe: Recipe, action: str = "open") -> "History":
        """Another recipe as a whole: one that was opened, or the same steps in a mended order."""
        return self._after(Entry("edit", action, tuple(step.id for step in recipe.steps), recipe))

    # back and forth

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self.log[-1].kind in ("undo", "redo") and self._at < self._turned

    def undo(self) -> "History":
        return self._go("undo", self._at - 1) if self.can_undo else self

    def redo(self) -> "History":
        return self._go("redo", self._at + 1) if self.can_redo else self

    def back_to(self, number: int) -> "History":
        """The recipe as it was after entry `number` (from 0), as a new edit."""
        return self._after(Entry("edit", "back", (), self.log[number].recipe, number))

    # the log as data

    def plain(self) -> list[dict[str, Any]]:
        """The log as plain data: of each entry the order of steps, and those that are new or other than before."""
        found: list[dict[str, Any]] = []
        before: dict[str, Step] = {}
        for number, entry in enumerate(self.log):
            steps = {step.id: step for step in entry.recipe.steps}
            said: dict[str, Any] = {"number": number, "kind": entry.kind, "action": entry.action}
            said |= {"steps": list(entry.steps), "of": entry.of, "target": entry.recipe.target, "order": list(steps)}
            said |= {"columns": list(entry.recipe.columns)} if number == 0 or entry.action == "open" else {}
            said["changed"] = [plain_step(step) for name, step in steps.items() if before.get(name) != step]
            found.append(said)
            before = steps
        return found

    def _edited(self, action: str, ids: Iterable[str], steps: tuple[Step, ...]) -> "History":
        recipe = replace(self.recipe, steps=steps)
        return self if recipe == self.recipe else self._after(Entry("edit", action, tuple(ids), recipe))

    def _after(self, entry: Entry) -> "History":
        return History((*self.log, entry))

    def _go(self, kind: Literal["undo", "redo"], to: int) -> "History":
        undone = self.log[self._at if kind == "undo" else to]
        return self._after(Entry(kind, undone.action, undone.steps, self.log[to].recipe, to))

    @property
    def _at(self) -> int:
        """The entry whose recipe is in force."""
        last = self.log[-1]
        return last.of if last.kind in ("undo", "redo") and last.of is not None else len(self.log) - 1

    @property
    def _turned(self) -> int:
        """The last entry before the undoing began."""
        place = len(self.log) - 1
        while self.log[place].kind in ("undo", "redo"):
            place -= 1
        return place

    def _known(self, ids: Iterable[str]) -> None:
        for name in ids:
            self.recipe.step(name)


def replayed(log: Iterable[Mapping[str, Any]], operations: Mapping[str, Operation]) -> tuple[Recipe, ...]:
    """The recipes that a log of plain data tells, one an entry. Raises Refusal."""
    found = []
    known: dict[str, Any] = {}
    columns: list[str] = []
    for entry in log:
        known |= {step["id"]: step for step in entry["changed"]}
        columns = entry.get("columns", columns)
        plain = {"target": entry["target"], "columns": columns, "steps": [known[name] for name in entry["order"]]}
        found.append(recipe_from(plain, operations))
    return tuple(found)
