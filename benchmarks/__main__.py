import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    # Also where bootstrap started this file by its path.
    sys.path[:1] = [str(ROOT)]
    os.chdir(ROOT)
    import bootstrap

    bootstrap.enter_environment()
    from benchmarks.session import run

    run(sys.argv[1:])


if __name__ == "__main__":
    main()
