"""The site of a thousand days against Hugo, as whole processes in turn: CPU seconds, medians, and the ratio of each pair.

    python benchmarks/blog.py SERVE.PY --hugo hugo [--days 1000] [--cards 8] [--runs 5] [--folder DIR]

SERVE.PY is a replay server of recorded days; benchmarks/corpus.py makes the blog out of them. Compared are:

- *cold, posts only*: the same posts, which is all that Hugo has: their pages, tag and archive pages, home, feeds, sitemap
- *one new day*: our whole site, with papers, exports, search and API, against Hugo's rebuild, which makes everything anew;
  as a command of its own, and as the last step of a night, which has imported and compiled while it waited for papers
- *nothing new*: wall seconds

and, in one process, what a page of each kind and a machine file cost. Machines are noisy: quote the ratios. A DIR in memory
(/dev/shm) leaves out what a disk makes of ten thousand new files, for Hugo too.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from corpus import LAST, make, recorded
from night import measured

from digest import collector
from digest.config import Config, load
from digest.digests import read

SITE = Path(__file__).resolve().parents[1] / "tests" / "generators" / "sites" / "hugo"
Figure = tuple[float, float, float]
LAST_STEP = """
import sys, time
from pathlib import Path
from digest.config import load
from digest.site.build import build_site, prepare
config = load(Path(sys.argv[1]))
prepare(config)
began = time.process_time()
build_site(config)
print(time.process_time() - began)
"""


class Blogs:
    """The same posts three times: the whole blog, its posts alone, and Hugo's.

    Args:
        folder: with what `corpus.make` wrote in `blog`.
    """

    def __init__(self, folder: Path, hugo: str) -> None:
        self.whole, self.posts, self.hugo = folder / "blog", folder / "posts", folder / "hugo"
        self._hugo = hugo
        for name in (self.posts, self.hugo):
            shutil.rmtree(name, ignore_errors=True)
        (self.posts / "content").mkdir(parents=True)
        shutil.copy(self.whole / "config.yaml", self.posts)
        shutil.copytree(self.whole / "content/posts", self.posts / "content/posts")
        self._copy_for_hugo()
        self.day = LAST

    def _copy_for_hugo(self) -> None:
        config = (
            (self.whole / "config.yaml")
            .read_text()
            .replace("languages: [en]", "languages: [en], dialect: hugo, export_to: ../hugo")
        )
        (self.whole / "hugo.yaml").write_text(config)
        self._run([sys.executable, "-m", "digest", "render", "--quiet", "--config", str(self.whole / "hugo.yaml")])
        shutil.copytree(SITE, self.hugo, dirs_exist_ok=True)

    @staticmethod
    def _run(command: list[str]) -> Figure:
        return measured(command, dict(os.environ))

    def build_hugo(self) -> Figure:
        return self._run([self._hugo, "--quiet", "--source", str(self.hugo)])

    def build(self, blog: Path) -> Figure:
        return self._run([sys.executable, "-m", "digest", "site", "--quiet", "--config", str(blog / "config.yaml")])

    def last_step(self) -> Figure:
        """A build of the whole blog as the last step of a night: its CPU seconds alone."""
        command = [sys.executable, "-c", LAST_STEP, str(self.whole / "config.yaml")]
        seconds = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return seconds, seconds, 0.0

    @staticmethod
    def clear(*names: Path) -> None:
        """Remove what earlier builds have made and remember."""
        for name in names:
            for made in ("public", ".digest", "resources"):
                shutil.rmtree(name / made, ignore_errors=True)

    def add_day(self) -> None:
        """The last day once more, a day later and with papers of its own, in all three."""
        old, self.day = self.day, self.day + timedelta(days=1)
        for blog in (self.whole, self.posts, self.hugo):
            for path in [*blog.glob(f"content/**/{old}*.md"), *blog.glob(f"content/**/{old}.json")]:
                text = path.read_text(encoding="utf-8").replace(_ids(old), _ids(self.day)).replace(str(old), str(self.day))
                path.with_name(path.name.replace(str(old), str(self.day))).write_text(text, encoding="utf-8")
        assert read(load(self.whole / "config.yaml").path("records"), self.day)


def _ids(day: Date) -> str:
    """What the ids of a day's papers begin with, see `corpus`."""
    return f"{day:%y%m}.{day.day * 100:05}"[:-2]


def compare(name: str, ours: list[Figure], theirs: list[Figure]) -> None:
    """Print the medians of CPU seconds, and of the ratios of the pairs."""
    ratio = statistics.median(one[1] / other[1] for one, other in zip(ours, theirs, strict=True))
    mine, others = (statistics.median(figure[1] for figure in figures) for figures in (ours, theirs))
    print(f"{name:<24}{mine:8.2f} CPU-s  Hugo {others:6.2f} CPU-s  ratio {ratio:5.2f}  peak {max(f[2] for f in ours):5.0f} MB")


def cold(blogs: Blogs) -> tuple[Figure, Figure]:
    """A first build of the posts alone, and Hugo's."""
    blogs.clear(blogs.posts, blogs.hugo)
    return blogs.build(blogs.posts), blogs.build_hugo()


def costs(config: Config) -> None:
    """What each kind of file costs, in one process: CPU milliseconds a file, reading what it needs included."""
    spent: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    for kind, seconds in _timed(config):
        spent[kind] += seconds
        count[kind] += 1
    for kind in sorted(spent, key=lambda kind: -spent[kind]):
        print(f"  {kind:<24}{count[kind]:>7} files {1000 * spent[kind] / count[kind]:8.3f} ms each")


def _timed(config: Config) -> Iterator[tuple[str, float]]:
    from digest.site.library import Library
    from digest.site.parts import all_parts
    from digest.site.parts.base import Site
    from digest.site.state import State

    began = time.process_time()
    with State(None) as state, collector.paused():
        library = Library(config, state)
        site = Site(config, library)
        parts = list(all_parts(site))
        yield "reading and planning", time.process_time() - began
        with collector.sparing():
            for part in parts:
                began = time.process_time()
                for route, _ in part.made("")[1]:
                    yield _kind(route), time.process_time() - began
                    began = time.process_time()


def _kind(route: str) -> str:
    """What kind of file stands at a route."""
    if not route.endswith((".html", "/")) and route:
        return "picture" if route.endswith(".png") else "machine file"
    return "paper page" if route.startswith("papers/") else "digest page" if route.startswith("20") else "other page"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("serve", type=Path, metavar="SERVE.PY")
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--cards", type=int, default=8)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="keep the blogs here; those that are there are used again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        if not (folder / "blog/content/records").is_dir():
            (Path(scratch) / "real").mkdir()
            real = recorded(arguments.serve, Path(scratch) / "real")
            make(folder / "blog", real, count=arguments.days, cards=arguments.cards)
        measure(Blogs(folder, arguments.hugo), arguments.runs)


def measure(blogs: Blogs, runs: int) -> None:
    found = [cold(blogs) for _ in range(runs)]
    compare("cold, posts only", [one for one, _ in found], [other for _, other in found])
    blogs.clear(blogs.whole)
    whole = blogs.build(blogs.whole)
    print(f"{'cold, the whole site':<24}{whole[1]:8.2f} CPU-s{'':<33}peak {whole[2]:5.0f} MB")
    ours, steps, theirs, again = [], [], [], []
    for _ in range(runs):
        blogs.add_day()
        ours.append(blogs.build(blogs.whole))
        theirs.append(blogs.build_hugo())
        blogs.add_day()
        steps.append(blogs.last_step())
        again.append(blogs.build(blogs.whole))
    compare("one new day", ours, theirs)
    compare("the same, in a night", steps, theirs)
    print(f"{'nothing new':<24}{statistics.median(figure[0] for figure in again):8.2f} s wall")
    costs(load(blogs.whole / "config.yaml"))


if __name__ == "__main__":
    main()
