"""The pages that list days: home, the archive by years and months, the nights."""

from collections.abc import Iterable, Iterator
from datetime import date as Date
from datetime import timedelta
from functools import partial
from itertools import groupby

from digest.site import routes
from digest.site.facts import DayRow, PostRow
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File
from digest.site.units import Unit

EARLIER = 10
"""Days on the home page below the newest."""
NOTES = 5
_DAY = timedelta(days=1)


def parts(site: Site) -> Iterator[Part]:
    """Home, years, months, and the same months as nights."""
    yield _home(site)
    months = {month: list(days) for month, days in groupby(site.library.days, key=lambda day: day.name[:7])}
    roundups = _by_month(site.library.roundups)
    order = sorted(months.keys() | roundups.keys(), reverse=True)
    for place, month in enumerate(order):
        around = (order[place + 1] if place + 1 < len(order) else None, order[place - 1] if place else None)
        yield _month(site, month, months.get(month, []), roundups.get(month, []), around)
    yield from _years(site, order, months)
    yield from _nights(site, [month for month in order if months.get(month)], months)


# --- home ----------------------------------------------------------------------------------------


def _home(site: Site) -> Part:
    days = site.library.days
    newest = next((day for day in days if day.papers or day.posts), None)
    current = days[0] if days else None
    earlier = [day for day in days[: EARLIER + 2] if day is not newest and day is not current][:EARLIER]
    roundups, notes = recent_roundups(site), site.library.written[:NOTES]
    shown = [day.shown for day in (current, newest, *earlier) if day]
    made = mark_of(shown, roundups, notes, site.feeds.main)
    return Part("home", made, partial(_make_home, site, current, newest, earlier, roundups))


def _make_home(
    site: Site, current: Unit | None, newest: Unit | None, earlier: list[Unit], roundups: list[PostRow]
) -> Iterable[File]:
    from digest.site.machines import structured

    row = site.library.row
    search = routes.absolute(site.config.site.url, routes.SEARCH)
    yield site.page(
        "home",
        routes.HOME,
        current=row(current) if current else None,
        newest=row(newest) if newest else None,
        earlier=[row(day) for day in earlier],
        roundups=roundups,
        written=site.library.written[:NOTES],
        next_date=next_issue(current.date) if current else None,
        structured=structured.data_block(structured.website(site.feeds.info, search)),
    )


def next_issue(after: Date) -> Date:
    """The next day on which arXiv announces papers, as far as its calendar tells."""
    from digest.announcements import is_quiet

    day = after + _DAY
    while is_quiet(day):
        day += _DAY
    return day


def recent_roundups(site: Site) -> list[PostRow]:
    """The newest round-up of weeks and of months, as long as no whole period has passed since without one."""
    from digest.roundups.periods import named_period

    days = site.library.days
    today = days[0].date if days else Date.min
    newest = {post.period: post for post in reversed(site.library.roundups)}
    found = []
    for post in newest.values():
        period = named_period(post.name)
        if period and today - period.last <= period.last - period.first + _DAY:
            found.append(post)
    return sorted(found, key=lambda post: post.date, reverse=True)


# --- months and years ----------------------------------------------------------------------------


def _by_month(roundups: Iterable[PostRow]) -> dict[str, list[PostRow]]:
    """Round-ups by the month that they belong to: a week to that of its Thursday, as its number to that day's year."""
    from digest.roundups.periods import named_period

    found: dict[str, list[PostRow]] = {}
    for post in roundups:
        period = named_period(post.name)
        if period:
            day = period.first + 3 * _DAY if period.kind == "week" else period.first
            found.setdefault(f"{day:%Y-%m}", []).append(post)
    return found


def _month(site: Site, month: str, days: list[Unit], roundups: list[PostRow], around: tuple[str | None, str | None]) -> Part:
    made = mark_of([day.shown for day in days], roundups, around)
    return Part(f"month/{month}", made, partial(_make_month, site, month, days, roundups, around))


def _make_month(
    site: Site, month: str, days: list[Unit], roundups: list[PostRow], around: tuple[str | None, str | None]
) -> Iterable[File]:
    from digest.roundups.periods import named_period

    first = Date.fromisoformat(f"{month}-01")
    rows: list[tuple[tuple[bool, str, bool], DayRow | PostRow]] = []
    rows += [((False, day.name, False), site.library.row(day)) for day in days]
    for post in roundups:  # a month's round-up stands above its days, a week's above its newest day
        period = named_period(post.name)
        if period:
            rows.append(((period.kind == "month", str(period.last), True), post))
    rows.sort(key=lambda row: row[0], reverse=True)
    older, newer = (_linked_month(other) for other in around)
    yield site.page(
        "month",
        routes.month_route(first),
        month=first,
        year_route=routes.year_route(first.year),
        issues=sum(bool(day.posts) for day in days),
        rows=[row for _, row in rows],
        older=older,
        newer=newer,
    )


def _linked_month(month: str | None) -> tuple[Date, str] | None:
    if month is None:
        return None
    first = Date.fromisoformat(f"{month}-01")
    return first, routes.month_route(first)


def _years(site: Site, order: list[str], months: dict[str, list[Unit]]) -> Iterator[Part]:
    years = list(dict.fromkeys(month[:4] for month in order))
    tabs = [(int(year), routes.year_route(int(year))) for year in years]
    for year in years or [""]:
        own = [month for month in order if month[:4] == year]
        shown = [(day.name, day.state, day.counts, [post.route for post in day.posts]) for m in own for day in months.get(m, [])]
        roundups = [post for post in site.library.roundups if post.name[:4] == year]
        written = [post for post in site.library.written if post.day[:4] == year]
        places = [(routes.year_route(int(year)), f"archive/{year}")] if year else []
        if year == (years[0] if years else ""):
            places.append((routes.ARCHIVE, "archive"))
        for route, name in places:
            make = partial(_make_year, site, route, year, own, months, tabs, roundups, written)
            yield Part(name, mark_of(shown, roundups, written, tabs), make)


def _make_year(
    site: Site,
    route: str,
    year: str,
    own: list[str],
    months: dict[str, list[Unit]],
    tabs: list[tuple[int, str]],
    roundups: list[PostRow],
    written: list[PostRow],
) -> Iterable[File]:
    from digest.site.drawing.calendars import Day, calendar

    cells = {}
    for month in own:
        for unit in months.get(month, []):
            post = next((post for post in unit.posts if post.edition and post.language == site.own), None)
            cells[unit.date] = Day(unit.date, unit.state, post.route if post else None, unit.counts[1])
    yield site.page(
        "archive",
        route,
        year=int(year) if year else None,
        years=tabs,
        months=calendar(cells),
        roundups=roundups,
        written=written,
    )


# --- nights --------------------------------------------------------------------------------------


def _nights(site: Site, order: list[str], months: dict[str, list[Unit]]) -> Iterator[Part]:
    """A page of nights a month; the newest month stands under `status/`, too."""
    links = [(Date.fromisoformat(f"{m}-01"), routes.status_route(Date.fromisoformat(f"{m}-01"))) for m in order]
    for place, month in enumerate(order or [""]):
        days = months.get(month, [])
        made = mark_of([day.shown for day in days], order if not place else _near(links, place))
        if month:
            route = routes.status_route(days[0].date)
            yield Part(f"status/{month}", made, partial(_make_nights, site, route, days, _near(links, place)))
        if not place:
            yield Part("status", made, partial(_make_nights, site, routes.STATUS, days, links))


def _near(links: list[tuple[Date, str]], place: int) -> list[tuple[Date, str]]:
    """The months around one, so that a new month changes only the page of the last."""
    return links[max(0, place - 1) : place + 2]


def _make_nights(site: Site, route: str, days: list[Unit], months: list[tuple[Date, str]]) -> Iterable[File]:
    nights = [site.library.row(day) for day in days]
    listings = sorted({source.listing for night in nights for source in night.sources})
    month = days[0].date.replace(day=1) if days and route != routes.STATUS else None
    yield site.page("status", route, nights=nights, listings=listings, month=month, months=months)
