"""Formulas over columns: our own small grammar, read by recursive descent and worked out on whole columns; no eval.

expression = and-term {"or" and-term}
and-term   = negation {"and" negation}
negation   = {"not"} comparison
comparison = sum [("=" | "!=" | "<" | "<=" | ">" | ">=") sum]
sum        = product {("+" | "-") product}
product    = unary {("*" | "/") unary}
unary      = {"-"} single
single     = number | text | column | "true" | "false" | "missing" | "(" expression ")" | function
function   = name "(" expression {"," expression} ")"

Columns stand in [brackets] (a ] within a name is doubled), texts in "quotes" or 'quotes', numbers as 1.5. A blank cell
is missing, and so is what is worked out from it.
"""

import re

import numpy as np
import pandas as pd

from aipm.prep.operations.cells import numbers_of
from aipm.prep.operations.formula_values import (
    FORMULA_FUNCTIONS,
    FormulaValue,
    formula_arithmetic,
    formula_comparison,
    formula_of_anything,
    formula_of_dates,
    formula_of_numbers,
    formula_of_texts,
    formula_problem,
    formula_truth,
)


def formula_tokens(text: str) -> list[tuple[str, str, int]]:
    """A formula as (kind, text, position): number, text, column, name, sign, and an end. At most 2,000 characters."""
    kinds = (
        r"(?P<space>\s+)|(?P<number>[0-9]+\.?[0-9]*|\.[0-9]+)|(?P<column>\[(?:[^\]]|\]\])+\])"
        r"|(?P<text>\"[^\"]*\"|'[^']*')|(?P<name>[A-Za-z_]+)|(?P<sign>!=|<>|<=|>=|==|[=<>+*/(),-])"
    )
    unfinished = {"[": "a column's name has no closing ].", '"': "a text never ends.", "'": "a text never ends."}
    found: list[tuple[str, str, int]] = []
    position = 0
    while position < len(text):
        if position > 2_000 or len(found) > 500:
            raise formula_problem(position, "it is too long: 2,000 characters and 500 words and signs are the most.")
        match = re.compile(kinds).match(text, position)
        if match is None:
            raise formula_problem(position, unfinished.get(text[position], "this sign is not known."))
        kind, piece = str(match.lastgroup), match.group()
        if kind == "column":
            piece = piece[1:-1].replace("]]", "]")
        elif kind == "text":
            piece = piece[1:-1]
        elif kind == "name":
            piece = piece.lower()
        elif kind == "sign":
            piece = {"==": "=", "<>": "!="}.get(piece, piece)
        if kind != "space":
            found.append((kind, piece, position))
        position = match.end()
    return [*found, ("end", "", len(text))]


class FormulaReader:
    """Reads a formula and works it out on a frame as it goes. Raises Refusal with the place of what is wrong."""

    def __init__(self, frame: pd.DataFrame, text: str) -> None:
        self.frame = frame
        self.tokens = formula_tokens(text)
        self.next = 0
        self.depth = 0
        self.columns: dict[str, FormulaValue] = {}

    def read(self) -> FormulaValue:
        with np.errstate(all="ignore"):
            value = self.expression()
        kind, piece, position = self.tokens[self.next]
        if kind != "end":
            raise formula_problem(position, f"nothing more was expected here, but there is {piece!r}.")
        return value

    def take(self, *pieces: str) -> str | None:
        """The next sign or word, where it is one of these."""
        kind, piece, _ = self.tokens[self.next]
        if kind not in ("sign", "name") or piece not in pieces:
            return None
        self.next += 1
        return piece

    def expression(self) -> FormulaValue:
        self.depth += 1
        position = self.tokens[self.next][2]
        if self.depth > 40:
            raise formula_problem(position, "it is nested more than 40 deep.")
        value = self.all_of()
        while self.take("or"):
            one, other = formula_truth(value, position), formula_truth(self.all_of(), position)
            value = FormulaValue("boolean", np.where((one == 1) | (other == 1), 1.0, one + other))
        self.depth -= 1
        return value

    def all_of(self) -> FormulaValue:
        position = self.tokens[self.next][2]
        value = self.negation()
        while self.take("and"):
            one, other = formula_truth(value, position), formula_truth(self.negation(), position)
            value = FormulaValue("boolean", np.where((one == 0) | (other == 0), 0.0, one * other))
        return value

    def negation(self) -> FormulaValue:
        position = self.tokens[self.next][2]
        times = 0
        while self.take("not"):
            times += 1
        value = self.comparison()
        if not times:
            return value
        truth = formula_truth(value, position)
        return FormulaValue("boolean", 1 - truth if times % 2 else truth)

    def comparison(self) -> FormulaValue:
        one, position = self.sum(), self.tokens[self.next][2]
        sign = self.take("=", "!=", "<=", ">=", "<", ">")
        return formula_comparison(sign, one, self.sum(), position) if sign else one

    def sum(self) -> FormulaValue:
        value = self.product()
        position = self.tokens[self.next][2]
        while sign := self.take("+", "-"):
            value = formula_arithmetic(sign, value, self.product(), position)
            position = self.tokens[self.next][2]
        return value

    def product(self) -> FormulaValue:
        value = self.unary()
        position = self.tokens[self.next][2]
        while sign := self.take("*", "/"):
            value = formula_arithmetic(sign, value, self.unary(), position)
            position = self.tokens[self.next][2]
        return value

    def unary(self) -> FormulaValue:
        position = self.tokens[self.next][2]
        times = 0
        while self.take("-"):
            times += 1
        value = self.single()
        if not times:
            return value
        number = value.as_kind("number", position)
        return FormulaValue("number", -number.data if times % 2 else number.data, whole=number.whole)

    def single(self) -> FormulaValue:
        kind, piece, position = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return FormulaValue("number", np.float64(piece), whole="." not in piece)
        if kind == "text":
            return FormulaValue("text", piece)
        if kind == "column":
            if piece not in self.columns:
                self.columns[piece] = self.column(piece, position)
            return self.columns[piece]
        if piece in ("true", "false"):
            return FormulaValue("boolean", np.float64(piece == "true"))
        if piece == "missing":
            return FormulaValue("missing", np.float64("nan"))
        if piece == "(":
            value = self.expression()
            self.close()
            return value
        if kind == "name":
            return self.function(piece, position)
        raise formula_problem(position, "a column, number, text or function is expected here.")

    def column(self, name: str, position: int) -> FormulaValue:
        if name not in self.frame.columns:
            raise formula_problem(position, f"there is no column {name!r}.")
        cells = self.frame[name]
        if pd.api.types.is_datetime64_any_dtype(cells):
            return FormulaValue("date", cells.to_numpy())
        if pd.api.types.is_bool_dtype(cells):
            return FormulaValue("boolean", cells.astype("float64").to_numpy())
        if pd.api.types.is_numeric_dtype(cells):
            whole = pd.api.types.is_integer_dtype(cells)
            return FormulaValue("number", numbers_of(self.frame, name).to_numpy(), whole=whole)
        return FormulaValue("text", cells)

    def close(self) -> None:
        if not self.take(")"):
            raise formula_problem(self.tokens[self.next][2], "a closing ) or another argument is expected here.")

    def function(self, name: str, position: int) -> FormulaValue:
        """A function by name with its arguments: those that take numbers, dates, texts, or anything."""
        if name not in FORMULA_FUNCTIONS:
            known = ", ".join(sorted(FORMULA_FUNCTIONS))
            raise formula_problem(position, f"there is no function {name!r}; there are {known}.")
        kind, least, most = FORMULA_FUNCTIONS[name]
        if not self.take("("):
            raise formula_problem(position, f"after {name} its arguments are expected in parentheses.")
        given = [self.expression()]
        while self.take(","):
            given.append(self.expression())
        self.close()
        if not least <= len(given) <= most:
            number = str(least) if least == most else f"{least} to {most}"
            raise formula_problem(position, f"{name} takes {number} arguments, not {len(given)}.")
        if kind:
            given = [value.as_kind(kind, position) for value in given]
        if kind == "number":
            return formula_of_numbers(name, given, position)
        if kind == "date":
            return formula_of_dates(name, given)
        return (formula_of_texts if kind else formula_of_anything)(name, given, self.frame, position)


def rows_where(frame: pd.DataFrame, condition: str) -> pd.Series:
    """The rows for which a formula holds; where it is missing, it does not."""
    value = FormulaReader(frame, condition).read()
    if value.kind != "boolean":
        raise formula_problem(0, f"it should say yes or no for every row, but gives a {value.kind}.")
    return value.as_column(frame).fillna(False).astype("bool")


def formula_column(name: str) -> str:
    """A column as a formula writes it; a ] within its name is doubled."""
    return f"[{name.replace(']', ']]')}]"


def formula_columns(text: str) -> tuple[str, ...]:
    """The columns that a formula names, each once, in order."""
    return tuple(dict.fromkeys(piece for kind, piece, _ in formula_tokens(text) if kind == "column"))


def renamed_columns(text: str, names: dict[str, str]) -> str:
    """The formula with columns renamed."""
    pieces, end = [], 0
    for kind, piece, position in formula_tokens(text):
        if kind == "column":
            pieces += [text[end:position], formula_column(names.get(piece, piece))]
            end = position + len(formula_column(piece))
    return "".join([*pieces, text[end:]])


def check_formula(text: str, frame: pd.DataFrame, *, condition: bool = False) -> None:
    """Raises Refusal where the formula cannot be read, or not on columns like these; looks at no row."""
    head = frame.iloc[:0]
    if condition:
        rows_where(head, text)
    else:
        FormulaReader(head, text).read()
