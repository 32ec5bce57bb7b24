"""Wordings as a tree of words in which what follows alike is kept once.

In: a wording as a row of choices ("over/past", "", "20/twenty", "week"), each choice a run of words. Out: nested dicts: word to
what may follow it, and under "" what a wording that ends here stands for. A wording with many choices has hundreds of
thousands of spellings; written out they would take seconds and most of a worker's memory. Branches are shared between
spellings, so none is ever changed: putting two trees together gives a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Tree = dict[str, Any]
Words = Sequence[str]


def branch(words: Words, end: Tree) -> Tree:
    """A tree of one run of words that goes on with `end`."""
    for word in reversed(words):
        end = {word: end}
    return end


def choices(row: Sequence[Iterable[Words]], end: Tree, settle: Callable[[Any, Any], Any]) -> Tree:
    """A tree of every way to take one choice after another; an empty choice is left out."""
    for alternatives in reversed(row):
        start: Tree = {}
        for words in alternatives:
            start = together(start, branch(words, end), settle)
        end = start
    return end


def together(one: Tree, other: Tree, settle: Callable[[Any, Any], Any]) -> Tree:
    """A tree of the wordings of both. `settle` chooses where a wording of each ends at the same place."""
    return _together(one, other, settle, {})


def _together(one: Tree, other: Tree, settle: Callable[[Any, Any], Any], known: dict[tuple[int, int], Tree]) -> Tree:
    if not one or one is other:
        return other
    key = (id(one), id(other))
    if key in known:
        return known[key]
    out = known[key] = dict(one)
    for word, below in other.items():
        if word not in out:
            out[word] = below
        elif word == "":
            out[""] = settle(out[""], below)
        else:
            out[word] = _together(out[word], below, settle, known)
    return out


def only(tree: Tree, wanted: Callable[[Any], bool]) -> Tree:
    """The wordings of a tree that stand for what is wanted."""
    return _only(tree, wanted, {})


def _only(tree: Tree, wanted: Callable[[Any], bool], known: dict[int, Tree]) -> Tree:
    found = known.get(id(tree))
    if found is None:
        found = known[id(tree)] = {}
        for word, below in tree.items():
            if word == "":
                found |= {"": below} if wanted(below) else {}
            elif kept := _only(below, wanted, known):
                found[word] = kept
    return found


def words_of(tree: Tree) -> set[str]:
    """All words of the wordings of a tree."""
    out: set[str] = set()
    open_trees, seen = [tree], {id(tree)}
    while open_trees:
        for word, below in open_trees.pop().items():
            if word:
                out.add(word)
                if id(below) not in seen:
                    seen.add(id(below))
                    open_trees.append(below)
    return out
