"""The nightly run: which days are due, each built, the site over them, one report."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import cache, partial
from typing import TYPE_CHECKING

from digest import digests
from digest.clock import Clock
from digest.config import Config
from digest.digests.edits import edits_file
from digest.errors import DigestError, UsageError
from digest.llm import Mode as ModelMode
from digest.report import DEGRADED, DONE, NOTHING, DayReport, RunReport, day_report, exit_status
from digest.schedule import DAY, LOOK_BACK, Request, is_complete, requested_days
from digest.site.build import prepare
from digest.site.output import checked_output
from digest.sources import Mode
from digest.store import blog_lock, clean_temporaries, sha256
from digest.tools import Say, Tools, open_tools

if TYPE_CHECKING:
    import httpx
    import httpx2


@dataclass(frozen=True)
class Build:
    """What `digest build` was asked for. The names are those of its options."""

    request: Request = Request()
    edition: str | None = None
    offline: bool = False
    force: bool = False
    refresh: bool = False
    overwrite: bool = False
    site: bool = True

    @property
    def mode(self) -> Mode:
        return "refresh" if self.refresh else "cached" if self.offline or self.force else "normal"

    @property
    def model_mode(self) -> ModelMode:
        return "cached" if self.offline else "refresh" if self.refresh else "replay" if self.force else "normal"

    @property
    def again(self) -> bool:
        """Whether a complete day is built again."""
        return self.force or self.refresh or self.overwrite


def nightly(
    config: Config,
    clock: Clock,
    build: Build,
    environ: Mapping[str, str],
    *,
    say: Say = lambda line: None,
    transport: "httpx.BaseTransport | None" = None,
    model_transport: "httpx2.BaseTransport | None" = None,
) -> RunReport:
    """Build what was asked for, under the blog's lock, and keep the report in the state folder.

    Args:
        transport: in place of the network, for the upstreams.
        model_transport: likewise, for the model.

    Returns:
        The report, its `exit_status` and, where a day failed, its `error`.

    Raises:
        UsageError: a wrong date, edition or combination of options.
        OutputError: the site's folder is not one that may be written to.
        LockHeld: another run works on this blog.
    """
    _check(build, config)
    report = RunReport(started=clock.now)
    began = time.monotonic()
    with blog_lock(config.path("state")):
        try:
            with open_tools(
                config,
                clock,
                environ,
                mode=build.mode,
                model_mode=build.model_mode,
                say=say,
                transport=transport,
                model_transport=model_transport,
            ) as tools:
                tools = replace(tools, meanwhile=cache(partial(_get_ready, build, config)))
                _build(build, tools, report)
        except BaseException as error:  # a signal among them: it must not look like a good night afterwards
            report.error = str(error) or repr(error)
            report.exit_status = error.exit_status if isinstance(error, DigestError) else NOTHING
            report.seconds = round(time.monotonic() - began, 3)
            with suppress(DigestError):  # the first error is the one to tell
                report.keep(config.path("state"))
            raise
        report.seconds = round(time.monotonic() - began, 3)
        report.keep(config.path("state"))
    return report


def _check(build: Build, config: Config) -> None:
    if build.refresh and (build.offline or build.force):
        raise UsageError("--refresh asks the upstreams, --offline and --force do not", hint="choose one of them")
    if build.site and config.site.enabled:
        checked_output(config)  # before a request is made, not after
    if config.posts.export_to is not None:
        from digest.copies import check_folder

        check_folder(config)
    names = [edition.name for edition in config.editions]
    if build.edition is not None and build.edition not in names:
        raise UsageError(f"there is no edition {build.edition!r}", hint=f"config.yaml has {', '.join(names)}")


def _build(build: Build, tools: Tools, report: RunReport) -> None:
    days = requested_days(build.request, tools)
    if not days:
        tools.say("nothing is due")
    for day in days:
        report.days.append(_build_day(day, build, tools, alone=len(days) == 1))
    if any(day.built for day in report.days):
        for name in ("content", "posts", "records"):  # what a killed run has left; the lock is ours
            clean_temporaries(tools.config.path(name))
    _apply_edits(tools, report)
    _write_roundups(tools, report)
    report.exit_status = exit_status(report.days)
    report.requests = {
        name: {"requests": u.requests, "retries": u.retries, "seconds_waited": round(u.seconds_waited, 3)}
        for name, u in tools.upstreams.items()
        if u.requests
    }
    report.model = tools.endpoint.facts() if tools.endpoint else None
    report.error = "; ".join(_reason(day) for day in report.days if day.exit_status != DONE) or None
    if tools.config.posts.export_to is not None:  # before the site, which one broken post keeps from being built
        _copy_posts(build, tools, report)
    if build.site and tools.config.site.enabled and report.exit_status != NOTHING:
        _build_site(tools, report)


def _get_ready(build: Build, config: Config) -> None:
    """Have ready what the end of a run needs, in a thread of its own. What fails here fails, and is told, when it is needed."""

    def work() -> None:
        with suppress(Exception):
            _prepare(build, config)

    threading.Thread(target=work, daemon=True).start()


def _prepare(build: Build, config: Config) -> None:
    from digest.checking import Ground, check_statement
    from digest.posts.render import prepare as prepare_posts

    check_statement("准确率提升 2%", [1], Ground.of_texts(["It improves accuracy by 2%."]))  # reads its words and terms
    prepare_posts(config)
    if build.site and config.site.enabled:
        prepare(config)


def _build_day(day: Date, build: Build, tools: Tools, *, alone: bool) -> DayReport:
    """Build a day. What is wrong with one of several days is told, and the others are built all the same."""
    try:
        before = digests.read(tools.config.path("records"), day)
        if before and not build.again and is_complete(before, tools):
            tools.say(f"{day}: complete already")
            return day_report(before, digests.edits_of(tools.config, day).add, built=False)
        from digest.pipeline import Options, run_day  # the stages with all they know: a night with nothing to do needs none

        done = run_day(day, tools, Options(anew=build.force, overwrite=build.overwrite, edition=build.edition))
    except DigestError as error:
        if alone:
            raise
        return _failed(day, error, tools)
    for note in done.notes:
        tools.say(f"{day}: {note}")
    return done


def _failed(day: Date, error: DigestError, tools: Tools) -> DayReport:
    tools.say(str(error))
    return DayReport(date=str(day), status="error", exit_status=error.exit_status, error=str(error))


def _apply_edits(tools: Tools, report: RunReport) -> None:
    """Write the posts of recent days again whose edits have changed since they were written."""
    today = tools.clock.today
    for day in (today - n * DAY for n in range(LOOK_BACK, -1, -1)):
        path = edits_file(tools.config.path("edits"), day)
        stamp = sha256(path.read_bytes()) if path.is_file() else ""
        if stamp == (tools.cache.get("edits", str(day)) or ""):
            continue
        from digest.pipeline import write_day

        try:
            digest = digests.read(tools.config.path("records"), day)
            if digest is not None and write_day(digest, tools.config, today).files:
                tools.say(f"{day}: written again with the edits")
        except DigestError as error:
            if str(day) not in {done.date for done in report.days}:
                report.days.append(_failed(day, error, tools))
            continue
        tools.cache.put("edits", str(day), stamp)


def _write_roundups(tools: Tools, report: RunReport) -> None:
    """Write the round-ups of weeks and months that are over, and those again whose days have changed since.

    One that fails, because of a template or an old record, takes nothing from the days that are published.
    """
    if not tools.config.roundups:
        return
    from digest.roundups import write_due

    failed = write_due(
        tools.config,
        tools.clock.today,
        tools.cache,
        look_back=LOOK_BACK,
        built=[Date.fromisoformat(day.date) for day in report.days if day.built and day.status != "error"],
        is_settled=partial(is_complete, tools=tools),
        say=tools.say,
    )
    for one in failed:
        report.days.append(DayReport(date=one.name, status="error", exit_status=DEGRADED, error=str(one.error)))


def _copy_posts(build: Build, tools: Tools, report: RunReport) -> None:
    """Bring the other blog's copies up to date. That they fail takes nothing from what is published."""
    from digest.copies import copy_posts, lines, posts_of

    built = [Date.fromisoformat(day.date) for day in report.days if day.built]
    try:
        copied = copy_posts(tools.config, overwrite=posts_of(tools.config, built) if build.overwrite else ())
    except DigestError as error:
        tools.say(str(error))
        failed = [str(error)]
    else:
        for line in lines(copied):
            tools.say(line)
        failed = list(copied.problems)
    if failed:
        report.error = "; ".join(filter(None, (report.error, *failed)))
        report.exit_status = report.exit_status or DEGRADED


def _reason(day: DayReport) -> str:
    if day.error:
        return day.error
    errors = list(dict.fromkeys(s["error"] for s in day.sources if s["error"]))
    errors += [f"{n} without the model's card ({reason})" for reason, n in day.unfilled.items()]
    what = "published, but degraded" if day.exit_status == DEGRADED else f"nothing published, {day.status}"
    return f"{day.date}: {what}: {'; '.join(errors)}"


def _build_site(tools: Tools, report: RunReport) -> None:
    from digest.site import build_site

    built = build_site(tools.config)
    report.site = {"pages": built.pages, "changed": built.changed, "removed": built.removed, "index": str(built.index)}
    if built.changed or built.removed:
        tools.say(f"site: {built.pages} pages made, {built.changed} files changed: {built.index}")
