"""Asks rapidfuzz for the five likest names: a line for each question with the seconds it took and the names."""

import sys
import time
from pathlib import Path

from rapidfuzz import fuzz, process, utils


def main() -> None:
    folder = Path(sys.argv[1])
    names = (folder / "names.txt").read_text().split("\n")
    # Prepared once, as an application would keep them.
    prepared = [utils.default_process(name) for name in names]
    for asked in (folder / "asked.txt").read_text().split("\n"):
        begun = time.perf_counter()
        query = utils.default_process(asked)
        best = process.extract(query, prepared, scorer=fuzz.ratio, limit=5)
        seconds = time.perf_counter() - begun
        print(seconds, *(names[place] for _, _, place in best), sep="\t")


if __name__ == "__main__":
    main()
