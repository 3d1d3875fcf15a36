"""No page and no ui module hands untrusted text to Streamlit as it came: read from their source, call by call.

Text is clean where it is written in the code (constants are in capitals), comes from content/ (by convention in a
variable called text, texts, said or says, or in a parameter typed as such), is a number as content.number writes it, or
has been through safe.
"""

import ast
import copy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "aipm" / "ui").glob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]

READS_MARKDOWN = {
    *("markdown", "caption", "error", "warning", "info", "success", "spinner", "status", "expander", "tabs", "popover"),
    *("button", "checkbox", "toggle", "radio", "pills", "segmented_control", "selectbox", "multiselect", "slider"),
    *("select_slider", "text_input", "number_input", "text_area", "file_uploader", "download_button", "page_link"),
    *("progress", "badge", "form_submit_button", "menu_button", "date_input"),
}
DRAWS_TEXT = {"text", "code", "dataframe"}
OTHER = {
    *("App", "Page", "navigation", "set_page_config", "html", "columns", "container", "empty", "form", "fragment"),
    *("stop", "rerun", "switch_page", "plotly_chart", "session_state", "query_params", "context", "runtime", "sidebar"),
    *("divider", "space", "__file__", "cache_resource"),
    *("data_editor",),  # a canvas: it draws what is in a cell as it is; its headings go through column_config
}
DRAWN_ARGUMENTS = {
    "label",
    "body",
    "help",
    "placeholder",
    "text",
    "title",
    "options",
    "tabs",
    "captions",
    "format_func",
}
MAKES_HTML = {("page.py", "draw"), ("shell.py", "run"), ("room_screen.py", "_put")}
"""One function a file; the big screen has its own, because page.draw makes words that can be pressed."""
SAFE = {"markdown", "visible", "markup", "plotly", "file_name", "len", "range", "reference", "told_apart", "distinct"}
CONTENT = {"text", "texts", "said", "says", "registry", "sample", "field", "label", "working", "invitation"}
TYPED = ("Text", "Texts", "Field", "AuditPage")


class Scope(ast.NodeVisitor):
    """Every call of a file with the function it stands in."""

    def __init__(self, tree):
        self.calls, self.within = [], [tree]
        self.visit(tree)

    def visit_FunctionDef(self, node):
        self.within.append(node)
        self.generic_visit(node)
        self.within.pop()

    def visit_Call(self, node):
        self.calls.append((node, list(self.within)))
        self.generic_visit(node)


def root(node):
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def chain(node):
    """The names along a.b["c"].d: what a text was reached through."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add({"page": "texts"}.get(node.attr, node.attr))  # the texts of a page hang on its findings
        node = node.func if isinstance(node, ast.Call) else node.value
    return names | ({node.id} if isinstance(node, ast.Name) else set())


def clean(node, within, depth=0):
    """Whether what is drawn can only be our own words, or has been made safe."""
    if depth > 8 or node is None:
        return depth <= 8

    def every(*parts):
        return all(clean(part, within, depth + 1) for part in parts)

    match node:
        case ast.Constant():
            return True
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            return every(*parts)
        case ast.FormattedValue(value=value) | ast.Starred(value=value) | ast.Lambda(body=value):
            return every(value)
        case ast.UnaryOp(operand=ast.Constant()):  # a number below zero
            return True
        case ast.BinOp(left=ast.Constant(), op=ast.Mult()):  # our own sign, so many times; a text cannot be the number
            return True
        case ast.BinOp(left=left, right=right):
            return every(left, right)
        case ast.IfExp(body=one, orelse=other):
            return every(one, other)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            if (function.attr if isinstance(function, ast.Attribute) else root(function)) in SAFE:
                written = [each.value for each in keywords if each.arg == "written"]  # of told_apart and distinct
                return all(root(each) in SAFE or clean(each, within, depth + 1) for each in written)
            if root(function) == "number":
                return True
            if not isinstance(function, ast.Attribute) and root(function) not in {"str", "list"}:
                return False
            return every(
                *([function.value] if isinstance(function, ast.Attribute) else []),
                *arguments,
                *(each.value for each in keywords),
            )
        case ast.Attribute() | ast.Subscript():
            inner = node.value if not root(node) else ast.Name(root(node))
            return bool(chain(node) & CONTENT) or clean(inner, within, depth + 1)
        case ast.Name(id=name):
            return (
                name in CONTENT | SAFE
                or is_content(name, within)
                or any(every(*assigned(name, block)) for block in within if assigned(name, block))
            )
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            return every(element)
        case ast.Dict(keys=keys, values=values):
            return every(*keys, *values)
        case ast.DictComp(key=key, value=value):
            return every(key, value)
    return False


def is_content(name, within):
    """Whether a parameter is typed as texts from content/."""
    parameters = [each for block in within if isinstance(block, ast.FunctionDef) for each in block.args.args]
    return any(
        parameter.arg == name and isinstance(parameter.annotation, ast.Name) and parameter.annotation.id.endswith(TYPED)
        for parameter in parameters
    )


def with_known(function, options, within):
    """A lambda over options that are clean has a clean argument."""
    if not isinstance(function, ast.Lambda) or options is None or not clean(options, within):
        return function
    names = {each.arg for each in function.args.args}

    class Known(ast.NodeTransformer):
        def visit_Name(self, node):
            return ast.copy_location(ast.Constant(""), node) if node.id in names else node

    return Known().visit(copy.deepcopy(function))


def assigned(name, block):
    """What a name is given within a block, in assignments, loops and comprehensions."""
    found = []
    for node in ast.walk(block):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        elif isinstance(node, ast.For | ast.comprehension):
            targets = [node.target]
        else:
            continue
        names = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
        if name in names:
            found.append(node.value if isinstance(node, ast.Assign | ast.AnnAssign) else node.iter)
    return found


def faults(source, file_name="page.py"):
    """Where untrusted text might be drawn: line and reason."""
    found = []
    for call, within in Scope(ast.parse(source)).calls:
        if not isinstance(call.func, ast.Attribute) or root(call.func) == "safe":
            continue
        name, of_streamlit = call.func.attr, root(call.func) == "st"
        if of_streamlit and isinstance(call.func.value, ast.Name) and name not in READS_MARKDOWN | DRAWS_TEXT | OTHER:
            found.append(f"{call.lineno}: st.{name} is not among the surfaces that are tested")
        if any(keyword.arg in {"unsafe_allow_html", "unsafe_allow_javascript"} for keyword in call.keywords):
            found.append(f"{call.lineno}: unsafe HTML")
        function = within[-1].name if isinstance(within[-1], ast.FunctionDef) else ""
        if of_streamlit and name == "html" and (file_name, function) not in MAKES_HTML:
            found.append(f"{call.lineno}: HTML that page.draw has not seen")
        if name == "data" and root(call.func) in {"page", "parts"} and not clean(call.args[0], within):
            found.append(f"{call.lineno}: {ast.unparse(call.args[0])} in a table")
        if (file_name, function) == ("page.py", "data"):
            continue
        if of_streamlit and name in READS_MARKDOWN | DRAWS_TEXT:
            formatted = any(keyword.arg == "format_func" for keyword in call.keywords)
            drawn = call.args[:1] if formatted else call.args[:2]
            drawn = [] if name == "page_link" else drawn
            if name in {"slider", "text_input", "number_input", "text_area", "file_uploader", "dataframe", "code"}:
                drawn = call.args[:1]
            options = call.args[1] if len(call.args) > 1 else None
            drawn = drawn + [
                with_known(k.value, options, within)
                for k in call.keywords
                if k.arg in DRAWN_ARGUMENTS - ({"options"} if formatted else set())
            ]
            found += [f"{each.lineno}: {ast.unparse(each)} in st.{name}" for each in drawn if not clean(each, within)]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_untrusted_is_drawn_as_it_came(path):
    assert faults(path.read_text(encoding="utf-8"), path.name) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(cell)",
        "st.markdown(f'**{column}**')",
        "st.error('Not found: ' + name)",
        "st.tabs(table.columns)",
        "st.tabs([value for value in values])",
        "st.radio('Group', values)",
        "st.radio('Group', values, format_func=lambda value: value)",
        "st.selectbox('Column', table.columns)",
        "st.selectbox(column, options, format_func=visible)",
        "st.button('Go', help=group)",
        "st.text(source.name)",
        "st.write('hello')",
        "st.metric('Rows', 3)",
        "st.html(markup)",
        "st.markdown('x', unsafe_allow_html=True)",
        "title = row[0]\nst.caption(title)",
        "st.sidebar.markdown(cell)",
        "st.markdown(texts.line.format(column=column))",
        "st.date_input(column)",
        "st.button(column * 2)",
        "st.button('%s' % column)",
        "st.button(f'{\"●\" * 2} {column}')",
        "for least, column in ((-5, row[0]), (5, row[1])):\n    st.button(column)",
        "names = told_apart(cards, written=str)\nst.pills('Card', cards, format_func=lambda each: names[each])",
        "names = told_apart(cards)\nst.pills('Card', cards, format_func=lambda each: cards[each])",
        "st.pills('Card', cards, format_func=distinct(cards, written=str))",
        "st.selectbox('Pair', range(2), format_func=distinct(range(2), written=lambda k: pairs[k]))",
        "def _put(inside):\n    st.html(inside)",
        "page.data({visible(name): [cell for cell in row] for name in names}, key='x')",
        "page.data({name: [visible(cell) for cell in row] for name in names}, key='x')",
    ],
)
def test_the_check_sees_untrusted_text(source):
    assert faults(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown('Hello')",
        "st.markdown(text.title)",
        "st.markdown(f'{texts.size}: {number.count(rows)}')",
        "st.expander(texts['how'].format(column=markdown(column)))",
        "st.radio(text.label, values, format_func=markdown)",
        "st.selectbox(text.label, table.columns, format_func=visible, help=text.help)",
        "st.selectbox(text.label, table.columns, format_func=distinct(table.columns), help=text.help)",
        "st.selectbox(text.label, range(2), format_func=distinct(range(2), written=lambda k: visible(pairs[k])))",
        "shown = [visible(value) for value in values]\nst.tabs(shown)",
        "st.text_input(text.label, default)",
        "page.data({visible(name): [visible(cell) for cell in row] for name in names}, key='x')",
        "st.date_input(text.label, value=None)",
        "st.button(f'{\"●\" * count} {markdown(column)}')",
        "for least, more in ((-5, said.less), (5, said.more)):\n    st.button(more)",
        "names = told_apart(cards)\nst.selectbox(text.label, cards, format_func=lambda each: names[each])",
        "names = told_apart(cards, written=markdown)\nst.pills('Card', cards, format_func=lambda each: names[each])",
    ],
)
def test_the_check_lets_safe_text_pass(source):
    assert faults(source) == []


def test_html_is_made_in_one_function_of_the_big_screen_alone():
    made = "def {name}(inside):\n    st.html(inside)"
    assert faults(made.format(name="_put"), "room_screen.py") == []
    assert faults(made.format(name="draw"), "room_screen.py") != []
