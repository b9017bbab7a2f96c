"""Sizes that keep a file readable at once: CONTRIBUTING.md."""

import ast
from functools import cache
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
FILE, FUNCTION, TEMPLATE = 300, 40, 60  # lines
WIDTH = 160  # columns of a template
MEDIAN, NINE_OF_TEN = 8, 20  # lines of a function

GENERATED = {"data", "migrations", "node_modules", "results"}


@cache
def files(*patterns: str) -> list[Path]:
    """Return the files that are written by hand."""
    folders = [
        path
        for path in ROOT.iterdir()
        if path.is_dir() and path.name not in GENERATED
        if path.name == ".ci" or not path.name.startswith(".")
    ]
    return [
        file
        for pattern in patterns
        for file in [
            *ROOT.glob(pattern),
            *(each for folder in folders for each in folder.rglob(pattern)),
        ]
        if file.is_file() and not GENERATED & {*file.parts}
    ]


def templates() -> list[Path]:
    return [
        file for file in files("*.html", "*.txt", "*.xml") if name(file).startswith("templates/")
    ]


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines()


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def functions() -> dict[str, int]:
    """Return the lines of each function outside the tests, from its first statement on."""
    sizes = {}
    for file in files("*.py"):
        if name(file).startswith("tests/"):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                first = body[0].lineno if body else node.lineno
                sizes[f"{name(file)}:{node.lineno} {node.name}"] = _end(node) - first + 1
    return sizes


def _end(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return node.end_lineno or node.lineno


def test_no_file_is_too_long() -> None:
    written = [*files("*.py", "*.js", "*.css"), *(ROOT / ".ci").iterdir()]
    assert {name(file) for file in written if len(lines(file)) > FILE} == set()


def test_no_function_is_too_long() -> None:
    assert {where: size for where, size in functions().items() if size > FUNCTION} == {}


def test_most_functions_are_short() -> None:
    sizes = list(functions().values())
    assert median(sizes) <= MEDIAN
    assert quantiles(sizes, n=10)[-1] <= NINE_OF_TEN


def test_no_template_is_too_long() -> None:
    longer = {name(file) for file in templates() if len(lines(file)) > TEMPLATE}
    assert longer == set()


def test_no_line_of_a_template_is_too_wide() -> None:
    wide = [
        f"{name(file)}:{number}"
        for file in templates()
        for number, line in enumerate(lines(file), start=1)
        if len(line) > WIDTH
    ]
    assert wide == []


def test_the_files_are_found() -> None:
    assert min(len(files("*.py")), len(files("*.js")), len(templates())) > 5
