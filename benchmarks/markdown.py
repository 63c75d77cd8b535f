"""How long a post takes to be read: by the reference, and by the fast way that has to give the same.

    python benchmarks/markdown.py BLOG [--posts 40]

BLOG is a blog's folder, such as `python benchmarks/corpus.py` makes. Prints CPU milliseconds for 25 kB of Markdown, the
median over the posts of the best of interleaved runs, and how many passages and blocks were left to the reference.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from digest.models import Language
from digest.posts import frontmatter
from digest.site.markdown import reference
from digest.site.markdown.builder import Builder
from digest.site.markdown.fast import Scanner
from digest.site.markdown.links import Links

SIZE, RUNS = 25_000, 12
SITE = "https://example.org/papers/"


class Everywhere:
    """A site that has every page."""

    def __contains__(self, route: object) -> bool:
        return str(route).endswith("/") and not str(route).endswith("//")

    def __getitem__(self, route: str) -> None:
        return None


def builder(language: Language) -> Builder:
    return Builder(Links(SITE, Everywhere()), language)


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("blog", type=Path)
    parser.add_argument("--posts", type=int, default=40)
    options = parser.parse_args()
    fast, slow, doubts = [], [], 0
    for path in sorted((options.blog / "content" / "posts").rglob("*.md"))[-options.posts :]:
        front, body = frontmatter.read(path.read_text(encoding="utf-8"), path.name)
        language: Language = front["lang"]
        scale = 1000 * SIZE / len(body.encode())
        pairs = [
            (
                seconds(lambda: Scanner(body, "", builder(language)).body().html("a/")),  # noqa: B023  # called at once
                seconds(lambda: reference.parse(body, "", builder(language)).html("a/")) if run % 3 == 0 else 9.0,  # noqa: B023
            )
            for run in range(RUNS)
        ]
        fast.append(scale * min(pair[0] for pair in pairs))
        slow.append(scale * min(pair[1] for pair in pairs))
        scanner = Scanner(body, "", builder(language))
        scanner.body()
        doubts += scanner.doubts
    size, read, parsed = SIZE // 1000, statistics.median(fast), statistics.median(slow)
    print(f"{len(fast)} posts, ms for {size} kB: fast {read:.2f}, reference {parsed:.2f}")
    print(f"left to the reference: {doubts}")


if __name__ == "__main__":
    main()
