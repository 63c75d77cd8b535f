"""One call over the wire: a request's body goes out, a completion or what went wrong comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from digest.errors import FetchError
from digest.llm.completion import Completion, NoCompletion, read_completion
from digest.net.waits import asked_for

if TYPE_CHECKING:
    import httpx2
    import openai

_SHOWN = 2000  # characters of an error's body that are looked at


class CallFailed(Exception):
    """A call without a completion.

    Attributes:
        status: of HTTP, or the one that an error entry names; None where there was no answer.
        body: the beginning of an error's body.
        wait: seconds that the server asks us to wait.
        late: no whole answer in time.
    """

    def __init__(self, why: str, *, status: int | None = None, body: str = "", wait: float = 0.0, late: bool = False) -> None:
        super().__init__(why)
        self.why, self.status, self.body, self.wait, self.late = why, status, body, wait, late


class Wire:
    """The client of one endpoint, imported and made at the first call.

    Args:
        moment: the time of day, for a Retry-After that is a date.
        transport: the network; another one for tests.
    """

    def __init__(
        self, base_url: str, key: str, moment: Callable[[], datetime], transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._base_url, self._key, self._moment, self._transport = base_url, key, moment, transport
        self._lock = threading.Lock()
        self._http: httpx2.Client | None = None
        self._client: openai.OpenAI | None = None
        self._over = False
        self._stop: Callable[[], None] = lambda: None

    def post(self, model: str, messages: list[dict[str, str]], options: Mapping[str, Any], seconds: float) -> Completion:
        """Make one call.

        Args:
            options: the rest of the request's body; may replace what stands before it.
            seconds: until the answer must be whole.

        Raises:
            CallFailed: there is no completion.
        """
        import openai

        from digest.llm.transport import timeout

        try:
            create = self.ready().chat.completions.with_raw_response.create
        except (ImportError, OSError, ValueError) as error:  # a proxy or a certificate file that cannot be used
            raise CallFailed(f"no client: {error}") from None
        try:
            # The raw answer: a web page and null choices are no surprise then.
            answer = create(model=model, messages=messages, extra_body=options, timeout=timeout(seconds))  # type: ignore[arg-type]
            return read_completion(answer.content)
        except NoCompletion as none:
            raise CallFailed(none.why, status=none.status, body=none.body) from None
        except openai.APIStatusError as error:
            raise self._refused(error) from None
        except openai.APITimeoutError:
            raise CallFailed(f"no whole answer in {seconds:g} s", late=True) from None
        except openai.APIConnectionError as error:
            raise CallFailed(f"no connection: {type(error.__cause__).__name__}: {error.__cause__}") from None
        except openai.OpenAIError as error:
            raise CallFailed(type(error).__name__) from None
        except FetchError as error:
            raise CallFailed(error.why or error.what) from None
        except UnicodeError:  # openai reads OPENAI_CUSTOM_HEADERS; what it makes of it is not sent, but it must be ASCII
            raise CallFailed("no request can be made (is OPENAI_CUSTOM_HEADERS set?)") from None

    def ready(self) -> openai.OpenAI:
        """The client; made if there is none yet, which takes half a second.

        Raises:
            ImportError, OSError, ValueError: it cannot be made, or is not to be used any more.
        """
        import openai

        from digest.llm.transport import Bounded, client, network

        with self._lock:
            if self._over:
                raise ValueError("stopped or closed")
            if self._client is None:
                bounded = Bounded(self._transport or network(self._base_url), self._key)
                self._http, self._stop = client(bounded), bounded.stop
                # Retries are ours: this client's own would retry a used-up quota and ignore a long Retry-After.
                self._client = openai.OpenAI(
                    api_key=self._key, base_url=self._base_url, http_client=self._http, max_retries=0, timeout=None
                )
            return self._client

    def warm(self) -> None:
        """Have the client ready, in a thread of its own."""

        def make() -> None:
            with suppress(ImportError, OSError, ValueError):  # the first call will tell
                self.ready()

        threading.Thread(target=make, daemon=True).start()

    def stop(self) -> None:
        """End the calls that are under way, and let no other begin."""
        with self._lock:
            self._over = True  # there may be no client yet, and nobody is to make one after this
            stop = self._stop
        stop()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            self._over = True
            if self._http is not None:
                self._http.close()

    def _refused(self, error: openai.APIStatusError) -> CallFailed:
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        why = f"HTTP {error.status_code}"
        if error.status_code in range(300, 400):
            why += ", a redirect, which is not followed (is base_url right?)"
        wait = asked_for(headers, self._moment())
        return CallFailed(why, status=error.status_code, body=error.response.text[:_SHOWN], wait=wait)
