"""How long a night with a model takes, what it asks, and what a kill costs.

    python benchmarks/model_night.py SERVE.PY [--date 2026-02-18] [--runs 5] [--kills 10]

SERVE.PY is a replay server of recorded days with a stand-in for a chat model: it takes `--port`, `--today` and
`--llm-latency`, prints "ready http://127.0.0.1:PORT", and tells at `/_log` what it was asked. Every build is a process
of its own on a new blog with 20 picked papers and 32 calls at once.

Printed per language of the site:

- seconds of the whole process, against the bar: one latency for each dependent round (triage, cards, overview; one more
  where an answer was repaired) and 2.5 s for all else;
- of these, the seconds in which no call was in flight: before the first round, between rounds, after the last;
- the rounds, the longest chain of calls each of which began after the one before had ended, and the calls in flight;
- prompt tokens of the calls, the schema included, once with full texts and once with abstracts alone;
- builds killed and started again, half of them at random moments and half just after a random answer, when most is at
  stake: the completed calls that were made a second time.
"""

import argparse
import json
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from night import CONFIG, environment, measured, replay_server
from recorder import Call, gaps, most_at_once, recording, rounds

ROUNDS = 3
REST = 2.5
"""Seconds for everything but the model."""
FULL_TEXT_MARGIN = 1500
"""Tokens that a card's prompt may have beside `reading.max_tokens`."""
ABSTRACT_TOKENS = 2000
FILLED = {0: "filled", 1: "degraded"}
"""Exit statuses of a night that has cards."""


@dataclass(frozen=True)
class Night:
    """One night to build: a server, a date and a language, in a folder that is emptied before each build."""

    base: str
    date: str
    language: str
    pick: int
    folder: Path

    @property
    def blog(self) -> Path:
        return self.folder / "blog"

    @property
    def command(self) -> list[str]:
        config = str(self.blog / "config.yaml")
        return [sys.executable, "-m", "digest", "build", "--quiet", "--config", config, "--date", self.date]

    def new_blog(self) -> None:
        """A blog without state."""
        shutil.rmtree(self.blog, ignore_errors=True)
        self.blog.mkdir()
        shutil.copy(CONFIG, self.blog)

    def environ(self, model: str, **settings: str) -> dict[str, str]:
        """The environment of a build whose model answers at this address."""
        chosen = {
            "SELECTION__PICK": str(self.pick),
            "SITE__LANGUAGE": self.language,
            "POSTS__LANGUAGES": f"[{self.language}]",
            "MODEL__PROVIDER": "openai",
            "MODEL__BASE_URL": f"{model}/v1",
            "MODEL__NAME": "stand-in",
            "MODEL__CONCURRENCY": "32",
            **settings,
        }
        overrides = {f"DIGEST__{name}": value for name, value in chosen.items()}
        return {**environment(self.base, self.date), **overrides, "OPENAI_API_KEY": "unused"}

    def cards(self) -> str:
        """Who filled the cards of the record, and why not the model: `19 model, 1 extractive (invalid)`."""
        file = self.blog / f"content/records/{self.date[:4]}/{self.date}.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        cards = [card for paper in record["papers"] for card in paper["cards"].values()]
        kinds = Counter(card["filled_by"] + (f" ({card['reason']})" if card["reason"] else "") for card in cards)
        return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())


# --- time ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """One timed build.

    Attributes:
        began: by the wall clock, as `spans`: when the server had each chat call.
    """

    began: float
    seconds: float
    peak: float
    spans: Sequence[tuple[float, float]]


def timed(night: Night) -> Run:
    """One build of a new blog, nothing between it and the server."""
    night.new_blog()
    control(night.base, "_reset", {})
    began = time.time()
    seconds, _, peak = measured(night.command, night.environ(night.base), accepted=FILLED)
    chats = [row for row in control(night.base, "_log") if row["path"].startswith("/v1/chat/")]
    return Run(began, seconds, peak, [(row["at"], row["at"] + row["seconds"]) for row in chats])


def control(base: str, path: str, body: object = None) -> Any:
    """Ask the replay server about itself."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{base}/{path}", data) as answer:  # noqa: S310  an address of this machine
        return json.load(answer)


def report_time(runs: Sequence[Run], latency: float, repaired: bool) -> None:
    seconds = sorted(run.seconds for run in runs)
    bar = (ROUNDS + repaired) * latency + REST
    spread = f"{statistics.median(seconds):.2f} s ({seconds[0]:.2f}-{seconds[-1]:.2f}, {len(runs)} runs)"
    print(f"  whole process  {spread}; bar {bar:.1f} s{', an answer was repaired' if repaired else ''}")
    typical = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    idle = gaps(typical.spans, typical.began, typical.began + typical.seconds)
    print(f"  no call        {' + '.join(f'{gap:.2f}' for gap in idle)} = {sum(idle):.2f} s in the median run; bar {REST} s")
    print(f"  model rounds   {told(rounds(run.spans) for run in runs)}")
    print(f"  calls          {told(len(run.spans) for run in runs)}, in flight {told(most_at_once(run.spans) for run in runs)}")
    print(f"  peak memory    {max(run.peak for run in runs):.0f} MB")


def told(values: Iterable[int]) -> str:
    """A value that is the same in all runs, or its range."""
    found = sorted(values)
    return str(found[0]) if found[0] == found[-1] else f"{found[0]}-{found[-1]}"


# --- prompts -------------------------------------------------------------------------------------


def recorded(night: Night, **settings: str) -> tuple[int, list[Call]]:
    """One build of a new blog through the recorder: its exit status and its calls."""
    night.new_blog()
    with recording(night.base) as (model, calls):
        return completing(night, model, **settings), calls


def completing(night: Night, model: str, **settings: str) -> int:
    """Build to the end: the exit status."""
    done = subprocess.run(night.command, env=night.environ(model, **settings), capture_output=True, text=True, check=False)
    if done.returncode not in FILLED:
        sys.exit(f"the build failed:\n{done.stderr}")
    return done.returncode


CARD = "core_idea"
"""A field that only the schema of a card has. That of a repair numbers the claims to be repaired: r1, r2, …"""
REPAIR = "repair"


def kind(call: Call) -> str:
    """What a call is for: a card, a repair, or the first fields of its schema."""
    wanted = (call.request.get("response_format") or {}).get("json_schema") or {}
    fields = list(wanted.get("schema", {}).get("properties", {}))
    name = "card" if CARD in fields else ", ".join(fields[:3]) or "without a schema"
    return f"{REPAIR}, another turn: {name}" if call.is_repair else REPAIR if "r1" in fields else name


def report_prompts(title: str, calls: Sequence[Call], bar: int) -> None:
    tokens: dict[str, list[float]] = defaultdict(list)
    for call in calls:
        tokens[kind(call)].append(call.prompt_tokens)
    cards = tokens.get("card")
    verdict = "no card was asked for" if not cards else "held" if max(cards) <= bar else "BROKEN"
    print(f"  prompt tokens  {title}; bar for a card {bar}: {verdict}")
    for name, values in sorted(tokens.items()):
        print(f"    {name:<32}{len(values):>4} calls, median {statistics.median(values):>7.0f}, most {max(values):>7.0f}")


def reading_tokens() -> int:
    """The default of `reading.max_tokens`."""
    from digest.config import ReadingConfig

    return ReadingConfig().max_tokens


# --- kills ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """When to kill: so many seconds after the build's start, or after an answer of the model had left.

    Attributes:
        answer: the number of the answer; 0 for the build's start.
    """

    seconds: float
    answer: int = 0

    def wait(self, calls: Sequence[Call], build: subprocess.Popen[bytes]) -> None:
        """Until the moment has come, or the build has ended without that answer."""
        while sum(call.ended is not None for call in calls) < self.answer and build.poll() is None:
            time.sleep(0.002)
        time.sleep(self.seconds)

    def __str__(self) -> str:
        return f"{self.seconds * 1000:5.0f} ms after {f'answer {self.answer}' if self.answer else 'the start'}"


def moments(count: int, length: float, answers: int, chance: random.Random) -> Iterator[Moment]:
    """Moments of both kinds in turn.

    Args:
        length: seconds that a build takes.
        answers: that it gets.
    """
    for number in range(count):
        if number % 2:
            yield Moment(chance.uniform(0, 0.2), chance.randint(1, answers))
        else:
            yield Moment(chance.uniform(0.2, 1.0) * length)


@dataclass(frozen=True)
class Kill:
    """What came after a kill.

    Attributes:
        completed: calls whose answer had left by then.
        repeated: of these, asked again; for each, seconds from its answer to the kill.
        strange: requests that a build without a kill does not make.
    """

    moment: Moment
    completed: int
    repeated: tuple[float, ...]
    strange: int


def killed(night: Night, moment: Moment, usual: set[str]) -> Kill:
    """Kill a build of a new blog and start it again.

    Args:
        usual: the requests of a build that was not killed.
    """
    night.new_blog()
    with recording(night.base) as (model, calls), started(night, model) as build:
        moment.wait(calls, build)
        at = time.monotonic()
        build.send_signal(signal.SIGKILL)
        build.wait()
        before, known = list(calls), len(calls)
        completing(night, model)
        done = {call.key: at - call.ended for call in before if call.status == 200 and call.ended and call.ended < at}
        again = {call.key for call in calls[known:]}
        strange = {call.key for call in calls} - usual
    return Kill(moment, len(done), tuple(age for key, age in done.items() if key in again), len(strange))


@contextmanager
def started(night: Night, model: str) -> Iterator[subprocess.Popen[bytes]]:
    """A build that runs."""
    build = subprocess.Popen(night.command, env=night.environ(model), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield build
    finally:
        build.kill()
        build.wait()


def report_kills(kills: Sequence[Kill]) -> None:
    ages = [age for kill in kills for age in kill.repeated]
    completed = sum(kill.completed for kill in kills)
    print(f"  kills          {len(kills)}: {completed} completed calls before them, {len(ages)} of these made again")
    if ages:
        print(f"    their answers had left {min(ages) * 1000:.0f}-{max(ages) * 1000:.0f} ms before the kill")
    print(f"    requests that a build without a kill does not make: {sum(kill.strange for kill in kills)}")
    for kill in kills:
        print(f"    {kill.moment!s:<26}{kill.completed:>3} completed, {len(kill.repeated)} again, {kill.strange} strange")


# -------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("serve", type=Path, metavar="SERVE.PY")
    parser.add_argument("--date", default="2026-02-18")
    parser.add_argument("--language", action="append", choices=["en", "zh"], help="of the site; both when left out")
    parser.add_argument("--pick", type=int, default=20)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds that the model takes for an answer")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    arguments = parser.parse_args()
    server = replay_server(arguments.serve, arguments.date, "--llm-latency", str(arguments.latency))
    with server as base, tempfile.TemporaryDirectory() as folder:
        for language in arguments.language or ["en", "zh"]:
            night = Night(base, arguments.date, language, arguments.pick, Path(folder))
            measure(night, arguments.runs, arguments.kills, arguments.latency, random.Random(arguments.seed))


def measure(night: Night, runs: int, kills: int, latency: float, chance: random.Random) -> None:
    """All figures of one language."""
    status, calls = recorded(night)  # this one warms the disk cache, too
    print(f"{night.language}: {FILLED[status]}, exit {status}; cards: {night.cards()}")
    times = [timed(night) for _ in range(runs)]
    if times:
        report_time(times, latency, any(kind(call).startswith(REPAIR) for call in calls))
    report_prompts("with full texts", calls, reading_tokens() + FULL_TEXT_MARGIN)
    _, short = recorded(night, READING__FULL_TEXT="false")
    report_prompts("with abstracts alone", short, ABSTRACT_TOKENS)
    usual = {call.key for call in calls}
    length = statistics.median(run.seconds for run in times) if times else ROUNDS * latency + REST
    report_kills([killed(night, moment, usual) for moment in moments(kills, length, len(calls), chance)])


if __name__ == "__main__":
    main()
