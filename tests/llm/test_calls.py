"""Calls that fail: tried again where that makes sense, given up in time, and no call after a final no."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime

import pytest

from digest.llm import ModelError
from digest.llm.wire import CallFailed, Wire
from digest.models import TokenUsage
from llm.chat import CHAT, DAY, KEY, NOW, Bursts, ChatServer, Setting, completion, question, refusal_of
from server import Answer, gzip_bomb, redirect

HTML = Answer("<html>maintenance</html>", headers={"Content-Type": "text/html"})


def fails(model: Setting, **settings: object) -> ModelError:
    with pytest.raises(ModelError) as caught:
        model.ask(**settings)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(status=500), Answer(status=503), Answer(status=429), Answer(status=408), Answer(reset=True),
        HTML, Answer(""), Answer("[]"), Answer("null"), Answer('{"choices": null}'), Answer('{"choices": []}'),
        Answer('{"error": {"message": "overloaded", "code": 503}}'), Answer("{}"), Answer('{"choices": [null]}'),
        Answer("x" * 100, cut=10), gzip_bomb(16 * 2**20), Answer(b"\xff\xfe"), Answer("[" * 100_000),
        Answer("not gzip", headers={"Content-Encoding": "gzip"}),
    ],
)  # fmt: skip
def test_passing_trouble_is_tried_again(server: ChatServer, model: Setting, trouble: Answer) -> None:
    server.answers(trouble, trouble, completion())
    with model.open() as endpoint:
        answer = endpoint.on(DAY, TokenUsage()).ask(question())
        facts = endpoint.facts()
    assert facts == {"live_calls": 3, "lost_calls": 2, "retries": 2, "seconds_waited": pytest.approx(sum(model.slept), abs=0.001)}
    assert 0.5 + 1 <= sum(model.slept) <= 1.25 * 1.5
    assert answer.usage.calls == 1, "what was lost is not in the books"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Answer(status=500), "unavailable"), (HTML, "unavailable"), (Answer(reset=True), "unavailable"),
        (Answer('{"choices": null}'), "unavailable"), (Answer(status=429), "rate_limited"),
        (Answer('{"error": {"code": 429}}'), "rate_limited"),
    ],
)  # fmt: skip
def test_three_tries_are_enough(server: ChatServer, model: Setting, trouble: Answer, reason: str) -> None:
    server.answers(trouble)
    assert fails(model).reason == reason
    assert server.calls == 3


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (refusal_of("no such model", 404), "rejected"),
        (refusal_of("bad", 400), "rejected"),
        (redirect("http://127.0.0.1:9/v1"), "rejected"),
        (refusal_of("blocked", 400, code="content_filter"), "refused"),
        (Answer('{"error": {"message": "x", "code": "404"}}'), "rejected"),
        (Answer(status=429, headers={"Retry-After": "300"}), "rate_limited"),
        (Answer(status=503, headers={"Retry-After": "300"}), "unavailable"),
    ],
)
def test_lasting_trouble_is_not_tried_again(server: ChatServer, model: Setting, trouble: Answer, reason: str) -> None:
    server.answers(trouble)
    assert fails(model).reason == reason
    assert (server.calls, model.slept) == (1, [])


def test_retry_after_is_honoured_by_all_threads(server: ChatServer, model: Setting) -> None:
    server.answers(Answer(status=429, headers={"Retry-After": "7"}), completion())
    model.ask()
    assert sum(model.slept) == pytest.approx(7, abs=0.01)


def test_retry_after_may_be_a_date(server: ChatServer, model: Setting) -> None:
    when = format_datetime(NOW + timedelta(seconds=30), usegmt=True)
    server.answers(Answer(status=429, headers={"Retry-After": when}), completion())
    model.ask()
    assert sum(model.slept) == pytest.approx(30, abs=1)


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (refusal_of("no", 401), "unauthorised"),
        (refusal_of("no", 403), "unauthorised"),
        (refusal_of("pay", 402), "quota"),
        (refusal_of("quota", 429, code="insufficient_quota"), "quota"),
        (refusal_of("Insufficient Balance", 402), "quota"),
        (Answer('{"error": {"code": 401}}'), "unauthorised"),
    ],
)
def test_after_a_final_no_nobody_calls_again(server: ChatServer, model: Setting, trouble: Answer, reason: str) -> None:
    server.on(CHAT, Bursts(lambda asked: trouble))
    with model.open(concurrency=2) as endpoint, ThreadPoolExecutor(10) as pool:
        day = endpoint.on(DAY, TokenUsage())
        tasks = [pool.submit(day.ask, question(f"paper {n}")) for n in range(10)]
        reasons = {task.exception().reason for task in tasks}  # type: ignore[union-attr]
        assert server.calls <= 2, "queued calls are not made"
        with pytest.raises(ModelError, match=reason):
            day.ask(question("later"))
        assert endpoint.closed == reason
    assert reasons == {reason}
    assert server.calls <= 2
    assert len(model.said) == 1


@pytest.mark.parametrize(("trouble", "reason"), [(Answer(status=503), "unavailable"), (Answer("{}", hang=9), "timeout")])
def test_a_dead_endpoint_is_given_up_after_four_questions(
    server: ChatServer, model: Setting, trouble: Answer, reason: str
) -> None:
    server.answers(trouble)
    with model.open(timeout=0.1, concurrency=1) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for n in range(4):
            assert endpoint.closed is None
            with pytest.raises(ModelError, match=reason):
                day.ask(question(f"paper {n}"))
        assert endpoint.closed == reason
        made = server.calls
        with pytest.raises(ModelError, match="4 questions in a row") as caught:
            day.ask(question("another"))
    assert caught.value.reason == reason
    assert (made, server.calls) == (12, 12)
    assert len(model.said) == 1


def test_threads_give_up_a_dead_endpoint_together(server: ChatServer, model: Setting) -> None:
    server.answers(Answer(status=503))
    with model.open(concurrency=2) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        tasks = [endpoint.pool.submit(day.ask, question(f"paper {n}")) for n in range(30)]
        assert {task.exception().reason for task in tasks} == {"unavailable"}  # type: ignore[union-attr]
    assert server.calls <= (4 + 1) * 3, "those that were being asked meanwhile come to their end"
    assert len(model.said) == 1


def test_papers_that_fail_among_good_ones_close_nothing(server: ChatServer, model: Setting) -> None:
    server.on(CHAT, lambda request: Answer(status=503) if b"bad" in request.body else completion())
    with model.open() as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for n in range(4):
            for part in range(3):
                with pytest.raises(ModelError, match="unavailable"):
                    day.ask(question(f"bad {n} {part}"))
            assert day.ask(question(f"good {n}")).value.tldr
        assert endpoint.closed is None
    assert model.said == []


def test_what_fails_for_reasons_of_its_own_closes_nothing(server: ChatServer, model: Setting) -> None:
    server.answers(refusal_of("bad", 400))
    with model.open() as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for n in range(6):
            with pytest.raises(ModelError, match="rejected"):
                day.ask(question(f"paper {n}"))
        assert endpoint.closed is None
    assert server.calls == 6


def test_offline_an_endpoint_is_not_closed(server: ChatServer, model: Setting) -> None:
    model.ask()
    with model.open("cached") as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for n in range(5):
            with pytest.raises(ModelError, match="not_cached"):
                day.ask(question(f"paper {n}"))
        assert endpoint.closed is None
        assert day.ask(question()).value.tldr == "It works"


def test_what_is_kept_can_still_be_replayed_after_a_final_no(server: ChatServer, model: Setting) -> None:
    server.answers(completion(), refusal_of("no", 401))
    model.ask()
    with model.open() as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        with pytest.raises(ModelError):
            day.ask(question("another"))
        assert day.ask(question()).value.tldr == "It works"


@pytest.mark.parametrize(
    "slow",
    [
        Answer("{}", hang=30), Answer(" " * 500, drip=0.05), Answer("{}", drip_head=0.05),
        Answer(" " * 500, drip=0.05, headers={"Content-Length": ""}),
    ],
)  # fmt: skip
def test_a_server_that_hangs_or_drips_is_left_in_time(server: ChatServer, model: Setting, slow: Answer) -> None:
    server.answers(slow)
    began = time.monotonic()
    assert fails(model, timeout=0.3).reason == "timeout"
    assert time.monotonic() - began < 3
    assert 1 <= server.calls <= 3


def test_a_question_has_a_time_of_its_own(server: ChatServer, model: Setting) -> None:
    """Waiting as asked for counts, too: four time limits and a minute are all that a question may take."""
    server.answers(Answer(status=429, headers={"Retry-After": "50"}))
    assert fails(model, timeout=1).reason == "rate_limited"
    assert server.calls == 2
    assert sum(model.slept) <= 64


def test_one_slow_paper_does_not_hold_the_others(server: ChatServer, model: Setting) -> None:
    model.in_real_time()
    server.on(CHAT, lambda request: Answer(hang=30) if b"slow one" in request.body else completion())
    with model.open(timeout=0.4, concurrency=4) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        slow = endpoint.pool.submit(day.ask, question("slow one"))
        others = [endpoint.pool.submit(day.ask, question(f"paper {n}")) for n in range(8)]
        assert all(task.result(timeout=1).value.tldr for task in others)
        assert isinstance(slow.exception(timeout=5), ModelError)


def test_there_are_never_more_calls_than_allowed(server: ChatServer, model: Setting) -> None:
    crowd = Bursts(lambda asked: completion(), seconds=0.05)
    server.on(CHAT, crowd)
    with model.open(concurrency=3) as endpoint, ThreadPoolExecutor(12) as pool:
        day = endpoint.on(DAY, TokenUsage())
        list(pool.map(lambda n: day.ask(question(f"paper {n}")), range(12)))
    assert crowd.most == 3


def test_a_run_that_is_stopped_cuts_its_calls(server: ChatServer, model: Setting) -> None:
    model.in_real_time()
    server.answers(Answer(hang=30))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), model.open(timeout=30, concurrency=2) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        for n in range(5):
            endpoint.pool.submit(day.ask, question(f"paper {n}"))
        while server.calls < 2:
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 5
    assert server.calls == 2
    assert model.said == []


def test_once_stopped_no_client_is_made(server: ChatServer) -> None:
    """A call may be past every other check when the run is stopped."""
    wire = Wire(f"{server.url}/v1", KEY, lambda: NOW)
    wire.stop()
    with pytest.raises(CallFailed, match="stopped"):
        wire.post("test-model", [{"role": "user", "content": "?"}], {}, 5)
    with pytest.raises(ValueError, match="stopped"):
        wire.ready()
    assert server.calls == 0


def test_a_used_up_account_that_a_gateway_tells_in_a_200_closes_the_endpoint(server: ChatServer, model: Setting) -> None:
    server.answers(Answer('{"error": {"code": "insufficient_quota", "message": "pay first"}}'))
    with pytest.raises(ModelError) as caught:
        model.ask()
    assert (caught.value.reason, server.calls) == ("quota", 1)


@pytest.mark.parametrize(("key", "secret"), [("sk-canary-42", True), ("x" * 16, True), ("ollama", False), ("lm-studio", False)])
def test_what_is_a_key_and_what_a_word(key: str, secret: bool) -> None:
    from digest.llm.transport import is_secret

    assert is_secret(key) is secret
