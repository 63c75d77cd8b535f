"""How long one paper's HTML takes to read, and how much memory: in a process of its own, nothing read before.

    python benchmarks/reading.py PAPER.html [--id 2412.19437]

The time is that of parsing, without starting Python and importing the libraries, which are given apart; the memory is the
most that the whole process ever held (`ru_maxrss`).
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("html", type=Path, help="a page of arxiv.org/html, saved")
    parser.add_argument("--id", default="2412.19437", help="whose page it is (default: %(default)s)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options.html, options.id)
    else:
        subprocess.run([sys.executable, __file__, str(options.html), "--id", options.id, "--here"], check=True)


def measure(html: Path, paper_id: str) -> None:
    start = time.perf_counter()
    import lxml.etree  # noqa: F401  (loaded when the first page is read)

    from digest.paper_id import PaperId
    from digest.reading.html import read_html

    content = html.read_bytes()
    loaded = time.perf_counter()
    text = read_html(content, PaperId.parse(paper_id))
    done = time.perf_counter()
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    print(f"{len(content) / 1000:.0f} kB, {len(text.abstract) + len(text.body)} sentences")
    print(f"libraries {loaded - start:.2f} s, reading {done - loaded:.2f} s, at most {memory:.0f} MB")


if __name__ == "__main__":
    main()
