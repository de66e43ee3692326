"""On which line of a TOML file a key stands: readers of TOML keep values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path: TypeAlias = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every key and array element of a valid TOML text."""
    root = Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
    lines: dict[Path, int] = {}
    for node in root.named_children:
        lines |= dict(_table(node, lines))
    return lines


def line_of(lines: dict[Path, int], path: Sequence[str | int]) -> int:
    """Return the line of a path or, if it has none, of the nearest path around it."""
    whole = tuple(path)
    return next((lines[cut] for n in range(len(whole), 0, -1) if (cut := whole[:n]) in lines), 1)


def _table(node: Node, before: dict[Path, int]) -> Iterator[tuple[Path, int]]:
    if node.type == "pair":
        yield from _pair(node, ())
        return
    if not node.named_children:
        return
    header, *pairs = node.named_children
    path: Path = _keys(header)
    if node.type == "table_array_element":
        yield path, before.get(path, _line(node))
        path = (*path, sum(each[:-1] == path for each in before if isinstance(each[-1], int)))
    yield path, _line(node)
    for pair in pairs:
        if pair.type == "pair":
            yield from _pair(pair, path)


def _pair(node: Node, above: Path) -> Iterator[tuple[Path, int]]:
    key, value = (each for each in node.named_children if each.type != "comment")
    path = (*above, *_keys(key))
    yield path, _line(node)
    yield from _value(value, path)


def _value(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    if node.type == "inline_table":
        for pair in node.named_children:
            if pair.type == "pair":
                yield from _pair(pair, path)
    elif node.type == "array":
        elements = [each for each in node.named_children if each.type != "comment"]
        for i, element in enumerate(elements):
            yield (*path, i), _line(element)
            yield from _value(element, (*path, i))


def _keys(node: Node) -> tuple[str, ...]:
    if node.type == "dotted_key":
        return tuple(key for each in node.named_children for key in _keys(each))
    return ((node.text or b"").decode().strip("\"'"),)


def _line(node: Node) -> int:
    return node.start_point.row + 1
