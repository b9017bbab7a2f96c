"""Refuse docstrings that begin with a question word instead of a verb or a name.

CONTRIBUTING.md says how docstrings are written.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RIDDLE = re.compile(
    r"(What|Whatever|Whether|Which|Who|Whoever|Whom|Whose|Where|When|Why|How|Of|That|Those|These"
    r"|Somebody|Nobody|Nothing|Everything|Everybody|Anybody|As|If)\b"
)
NAMED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def riddles(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        docstring = ast.get_docstring(node) if isinstance(node, NAMED) else None
        if docstring and RIDDLE.match(docstring):
            line = getattr(node, "lineno", 1)
            yield f"{file.relative_to(ROOT)}:{line}: {docstring.splitlines()[0]}"


def main() -> int:
    files = [
        file
        for file in [*ROOT.glob("*.py"), *ROOT.glob("[!.]*/**/*.py")]
        if not {"data", "migrations", "node_modules"} & {*file.parts}
    ]
    found = [line for file in files for line in riddles(file)]
    if not found:
        return 0
    sys.stderr.write("\n".join(found) + "\nBegin these docstrings with a verb or a name.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
