"""How long a night takes, as whole processes: a cold build, the same date again, `--help` over a bare interpreter.

    python benchmarks/night.py                                          the bundled sample day on loopback
    python benchmarks/night.py --replay SERVE.PY --date 2026-02-18      a recorded day, by a replay server that prints
                                                                        "ready http://127.0.0.1:PORT"

Every figure is the median of several runs, taken in turn so that a slow moment of the machine meets all of them; quote
the ratios to the bare interpreter of the same run, machines differ.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from digest.sample import DATE, SampleUpstream

CONFIG = Path(__file__).resolve().parents[1] / "config.yaml"


@contextmanager
def sample_server() -> Iterator[str]:
    """The bundled sample day on a free port of the loopback."""
    upstream = SampleUpstream()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = upstream.respond(self.path)
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def replay_server(script: Path, date: str, *options: str) -> Iterator[str]:
    """A replay server of recorded days, as a process of its own."""
    command = [sys.executable, str(script), "--port", "0", "--today", date, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def measured(command: list[str], environ: dict[str, str], accepted: Collection[int] = (0,)) -> tuple[float, float, float]:
    """Run a command: wall seconds, CPU seconds, peak memory in MB (ru_maxrss of the process, from the kernel).

    Args:
        accepted: exit statuses with which the figure counts; with any other one the benchmark ends.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in accepted:
        sys.exit(f"{' '.join(command)} failed:\n{told.decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def environment(base: str, date: str) -> dict[str, str]:
    """The overrides that send every request to one server, on the morning of the date."""
    names = ("HUGGINGFACE__URL", "ARXIV__FEED_URL", "ARXIV__SITE_URL", "GITHUB__URL")
    urls = {f"DIGEST__SOURCES__{name}": base for name in names} | {"DIGEST__SOURCES__ARXIV__API_URL": f"{base}/api/query"}
    return {**os.environ, **urls, "DIGEST__SOURCES__ARXIV__INTERVAL": "0", "DIGEST_NOW": f"{date}T09:00:00Z"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replay", type=Path, metavar="SERVE.PY")
    parser.add_argument("--date", default=str(DATE))
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    server = replay_server(arguments.replay, arguments.date) if arguments.replay else sample_server()
    digest = [sys.executable, "-m", "digest"]
    figures: dict[str, list[tuple[float, float, float]]] = {}
    with server as base, tempfile.TemporaryDirectory() as folder:
        environ = environment(base, arguments.date)
        blog = Path(folder) / "blog"
        build = [*digest, "build", "--quiet", "--config", str(blog / "config.yaml"), "--date", arguments.date]
        for run in range(arguments.runs + 1):
            shutil.rmtree(blog, ignore_errors=True)
            blog.mkdir()
            shutil.copy(CONFIG, blog)
            commands = {
                "bare interpreter": [sys.executable, "-c", "pass"],
                "digest --help": [*digest, "--help"],
                "cold build": build,
                "built date again": build,
            }
            for name, command in commands.items():
                figure = measured(command, environ)
                if run:  # the first round warms the disk cache
                    figures.setdefault(name, []).append(figure)
    report(figures)


def report(figures: dict[str, list[tuple[float, float, float]]]) -> None:
    """Print medians with their range, and the distance to the bare interpreter."""
    bare = statistics.median(wall for wall, _, _ in figures["bare interpreter"])
    print(f"{'':<18}{'wall s (min-max)':>26}{'CPU s':>8}{'peak MB':>9}{'over bare s':>13}{'x bare':>8}")
    for name, rows in figures.items():
        walls = sorted(wall for wall, _, _ in rows)
        wall = statistics.median(walls)
        spread = f"{wall:.3f} ({walls[0]:.3f}-{walls[-1]:.3f})"
        cpu = statistics.median(cpu for _, cpu, _ in rows)
        peak = max(peak for _, _, peak in rows)
        print(f"{name:<18}{spread:>26}{cpu:>8.3f}{peak:>9.1f}{wall - bare:>13.3f}{wall / bare:>8.1f}")


if __name__ == "__main__":
    main()
