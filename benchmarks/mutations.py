"""The faults that are planted: small slips of a programmer, each in one place of one function."""

from __future__ import annotations
import __future__

import ast
import copy
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Pow: ast.Mult,
}
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function with a fault.

    Attributes:
        function, first_line: its name, and the line where its code begins, decorators included.
        line: where the fault is.
        what: what it is.
        number: tells the mutants of a line apart.
        code: what to put in the place of the function's code.
    """

    function: str
    first_line: int
    line: int
    what: str
    number: int
    code: CodeType


def codes(code: CodeType) -> Iterator[CodeType]:
    """A piece of compiled code and all that are inside of it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


def mutants_of(source: str, path: str) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its functions."""
    numbers: dict[tuple[int, str], int] = {}
    for statement in ast.parse(source, path).body:
        for function in _outermost(statement):
            firsts = {function.lineno, *(one.lineno for one in function.decorator_list)}
            for holder, field, index, node in list(_places(function)):
                for what, changed in _slips(node):
                    _put(holder, field, index, changed)
                    module = ast.fix_missing_locations(ast.Module([statement], []))
                    compiled = compile(module, path, "exec", __future__.annotations.compiler_flag, dont_inherit=True)
                    _put(holder, field, index, node)
                    code = next(
                        one for one in codes(compiled) if one.co_name == function.name and one.co_firstlineno in firsts
                    )
                    line = getattr(node, "lineno", function.lineno)
                    number = numbers[line, what] = numbers.get((line, what), 0) + 1
                    yield Mutant(function.name, code.co_firstlineno, line, what, number, code)


def _outermost(statement: ast.stmt) -> Iterator[Function]:
    """Functions and methods, but for those inside of others."""
    if isinstance(statement, Function):
        yield statement
    elif isinstance(statement, ast.ClassDef):
        for one in statement.body:
            yield from _outermost(one)


_Place = tuple[ast.AST, str, int | None, ast.AST]
"""What holds a node, in which field and at which place of a list there, and the node."""


def _places(function: Function) -> Iterator[_Place]:
    """The nodes of a function's body, but for its docstring and what says types."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    first = len(function.body) - len(body)
    todo: deque[_Place] = deque((function, "body", first + number, node) for number, node in enumerate(body))
    while todo:
        place = todo.popleft()
        yield place
        for field, value in ast.iter_fields(place[3]):
            if field in ("annotation", "returns"):
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST):
                    todo.append((place[3], field, index, node))


def _put(holder: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[index] = node


Slip = tuple[str, ast.AST]
"""What is wrong, and the node that has it."""


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    """A copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _nothing(node: ast.AST) -> ast.expr:
    return ast.copy_location(ast.Constant(None), node)


def _is_nothing(value: ast.expr | None) -> bool:
    """Whether None in the place of a value would say the same."""
    return value is None or (isinstance(value, ast.Constant) and not value.value)


def _compare(node: ast.Compare) -> Iterator[Slip]:
    for at, op in enumerate(node.ops):
        other = _COMPARE[type(op)]()
        what = f"{type(other).__name__} for {type(op).__name__}"
        yield what, _with(node, ops=[*node.ops[:at], other, *node.ops[at + 1 :]])


def _both(node: ast.BoolOp) -> Iterator[Slip]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield f"{type(other).__name__} for {type(node.op).__name__}", _with(node, op=other)


def _sign(node: ast.UnaryOp) -> Iterator[Slip]:
    yield f"without {type(node.op).__name__}", node.operand


def _binary(node: ast.BinOp | ast.AugAssign) -> Iterator[Slip]:
    if other := _BINARY.get(type(node.op)):
        yield f"{other.__name__} for {type(node.op).__name__}", _with(node, op=other())


def _constant(node: ast.Constant) -> Iterator[Slip]:
    if isinstance(node.value, bool):
        yield "the other truth", _with(node, value=not node.value)
    elif isinstance(node.value, int | float):
        yield "one more", _with(node, value=node.value + 1)
    elif isinstance(node.value, str):
        yield "another text", _with(node, value=f"{node.value}XX")


def _test(node: ast.If | ast.While | ast.IfExp) -> Iterator[Slip]:
    said = isinstance(node.test, ast.Compare | ast.BoolOp | ast.Constant)
    if not said and not (isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)):
        yield "the other way", _with(node, test=_not(node.test))


def _comprehension(node: ast.comprehension) -> Iterator[Slip]:
    if node.ifs:
        yield "without its condition", _with(node, ifs=[])


def _continue(node: ast.Continue) -> Iterator[Slip]:
    yield "break for continue", ast.copy_location(ast.Break(), node)


def _break(node: ast.Break) -> Iterator[Slip]:
    yield "continue for break", ast.copy_location(ast.Continue(), node)


def _value(node: ast.Return | ast.Assign) -> Iterator[Slip]:
    if not _is_nothing(node.value):
        what = "returned" if isinstance(node, ast.Return) else "assigned"
        yield f"nothing {what}", _with(node, value=_nothing(node))


def _expression(node: ast.Expr) -> Iterator[Slip]:
    if isinstance(node.value, ast.Call):
        yield "left out", ast.copy_location(ast.Pass(), node)


def _call(node: ast.Call) -> Iterator[Slip]:
    if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
        other = _NAMES[node.func.id]
        yield f"{other} for {node.func.id}", _with(node, func=_with(node.func, id=other))
    for at, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield f"without {keyword.arg}", _with(node, keywords=[*node.keywords[:at], *node.keywords[at + 1 :]])


def _slice(node: ast.Slice) -> Iterator[Slip]:
    if node.lower is not None:
        yield "from the start", _with(node, lower=None)
    if node.upper is not None:
        yield "to the end", _with(node, upper=None)


_SLIPS: dict[type[ast.AST], Callable[[Any], Iterator[Slip]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both,
    ast.UnaryOp: _sign,
    ast.BinOp: _binary,
    ast.AugAssign: _binary,
    ast.Constant: _constant,
    ast.If: _test,
    ast.While: _test,
    ast.IfExp: _test,
    ast.comprehension: _comprehension,
    ast.Continue: _continue,
    ast.Break: _break,
    ast.Return: _value,
    ast.Assign: _value,
    ast.Expr: _expression,
    ast.Call: _call,
    ast.Slice: _slice,
}


def _slips(node: ast.AST) -> Iterator[Slip]:
    if slips := _SLIPS.get(type(node)):
        yield from slips(node)
