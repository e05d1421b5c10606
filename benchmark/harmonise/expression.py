"""Sums and differences of variables, written as text, without eval."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import xarray as xr

_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_MAXIMUM_LENGTH = 500


def variable_names(expression: str) -> list[str]:
    """Return the variables an expression names, in order, once each.

    Parameters
    ----------
    expression : str
        Such as ``csoilmic + csoilslow + csoilpass``.

    Returns
    -------
    list of str

    Raises
    ------
    ValueError
        If it is anything but names, numbers, ``+ - * /`` and brackets.

    Examples
    --------
    >>> variable_names("cresp - cnpp")
    ['cresp', 'cnpp']
    """
    names = [
        node.id for node in ast.walk(_parse(expression)) if isinstance(node, ast.Name)
    ]
    order = {name: expression.index(name) for name in names}
    return sorted(order, key=order.__getitem__)


def evaluate(expression: str, variables: Mapping[str, xr.DataArray]) -> xr.DataArray:
    """Return the value of an expression.

    Parameters
    ----------
    expression : str
        Names, numbers, ``+ - * /`` and brackets.
    variables : mapping
        The variables it may name.

    Returns
    -------
    DataArray
        Lazy where the variables are.

    Raises
    ------
    ValueError
        If the expression is not of that form.
    KeyError
        If it names a variable that is not there.
    """
    return _value(_parse(expression), variables)  # type: ignore[return-value]


def _parse(expression: str) -> ast.expr:
    if len(expression) > _MAXIMUM_LENGTH:
        msg = f"expression of {len(expression)} characters; at most {_MAXIMUM_LENGTH}"
        raise ValueError(msg)
    try:
        body = ast.parse(expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        msg = f"'{expression}' is not a variable or a sum such as 'a + b - c'"
        raise ValueError(msg) from error
    for node in ast.walk(body):
        _check(node, expression)
    return body


def _check(node: ast.AST, expression: str) -> None:
    number = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    if number or isinstance(node, ast.Name | ast.BinOp | ast.Load | ast.UnaryOp):
        return
    if type(node) in _OPERATORS or isinstance(node, ast.USub | ast.UAdd):
        return
    msg = (
        f"'{expression}': only names, numbers, + - * / and brackets are allowed, "
        f"found {type(node).__name__}"
    )
    raise ValueError(msg)


def _value(
    node: ast.expr, variables: Mapping[str, xr.DataArray]
) -> xr.DataArray | float:
    if isinstance(node, ast.Name):
        return variables[node.id]
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp):
        operand = _value(node.operand, variables)
        return -operand if isinstance(node.op, ast.USub) else operand
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, variables), _value(node.right, variables)
        return _OPERATORS[type(node.op)](left, right)  # type: ignore[no-any-return]
    msg = f"unexpected {type(node).__name__}"
    raise ValueError(msg)
