"""Wordings as a tree: the same as all spellings written out."""

from __future__ import annotations

from typing import Any

from sendparse.tag.branching import branch, choices, only, together, words_of
from sendparse.tag.wording import chosen_from, spellings


def first(one: Any, other: Any) -> Any:
    return one


def written(tree: dict[str, Any], said: str = "") -> set[str]:
    """Every wording of a tree."""
    out = {said.strip()} if "" in tree else set()
    return out.union(*(written(below, f"{said} {word}") for word, below in tree.items() if word))


FORMS = [
    "within/inside (statutory/legal) 20/twenty week (deadline/time_limit)",
    "over/in_excess_of/over_and_above limit",
    "(working/calendar) day (or more) (late)",
    "out/out_of/out_of_area (placement/of_area)",
]


def test_choices_are_all_spellings() -> None:
    for form in FORMS:
        row = [[choice.split() for choice in alternatives] for alternatives in chosen_from(form)]
        found = written(choices(row, {"": form}, first))
        assert found == {" ".join(spelling.split()) for spelling in spellings(form)} - {""} | (found & {""})


def test_putting_together_changes_neither() -> None:
    shared = {"": "one", "late": {"": "two"}}
    left, right = branch(["day"], shared), branch(["day"], {"": "three", "early": {"": "four"}})
    both = together(left, right, first)
    assert written(both) == {"day", "day late", "day early"}
    assert both["day"][""] == "one"
    assert written(left) == {"day", "day late"}
    assert written(right) == {"day", "day early"}
    assert shared == {"": "one", "late": {"": "two"}}


def test_a_clash_is_settled_once_for_each_place() -> None:
    clashes = []
    together({"": 1, "a": {"": 2}}, {"": 3, "b": {"": 4}}, lambda held, new: clashes.append((held, new)) or held)
    assert clashes == [(1, 3)]


def test_only_what_is_wanted_is_left() -> None:
    shared = {"late": {"": "two"}, "": "one"}
    tree = {"day": shared, "week": shared, "month": {"": "three"}}
    assert written(only(tree, lambda end: end == "two")) == {"day late", "week late"}
    assert words_of(only(tree, lambda end: end in ("one", "three"))) == {"day", "week", "month"}
    assert only(tree, lambda end: end == "four") == {}
