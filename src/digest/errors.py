"""Everything that can go wrong on purpose.

    DigestError                 exit 2: nothing published, what stood before still stands
    ├── UsageError              exit 3: the command line is wrong
    │   ├── ConfigError             config.yaml or an environment override
    │   └── EditsError              a file under content/edits
    ├── TryAgainLater           exit 75
    │   └── LockHeld                another run works on this blog
    ├── FetchError              one request failed for good; a source turns it into a status, never into an exit
    │   ├── Denied                  403: no further request to that upstream in this run
    │   ├── RateLimited             429 to the last try: likewise
    │   ├── Unreachable             no connection to a host: it is not asked again in this run
    │   ├── DeadlineExceeded        the source's time is used up
    │   ├── TooLarge                a body beyond its cap
    │   └── NotCached               --offline or --force, and the cache does not have it
    ├── NothingBetter           a day is asked for again, and what was published is more than what could be read now
    ├── SourceError             an answer came and is not what it should be (not a feed, incomplete, an error entry)
    ├── PaperIdError            a text that is no arXiv id
    ├── RecordError             a digest record that cannot be read
    ├── RenderError             a template, a label or a post
    │   └── UnknownLabel            a template asks for a word that the label files do not have
    └── OutputError             a file or folder that cannot be written

A message says what, where (paper, date, URL, file and line), why, and what to do:
`what: where: why (hint)`, on one line, because it is read in a cron mail.
"""


class DigestError(Exception):
    """An error for the person at the keyboard.

    Args:
        what: what could not be done.
        where: the file and line, paper, date or URL that it is about.
        why: the cause, as far as it is known.
        hint: what to do about it.
    """

    exit_status = 2

    def __init__(self, what: str, *, where: str = "", why: str = "", hint: str = "") -> None:
        self.what, self.where, self.why, self.hint = what, where, why, hint
        text = ": ".join(part for part in (where, what, why) if part)
        super().__init__(" ".join(f"{text} ({hint})".split()) if hint else " ".join(text.split()))


class UsageError(DigestError):
    """The command line asks for something that cannot be."""

    exit_status = 3


class ConfigError(UsageError):
    """config.yaml, or a DIGEST__ variable over it, is wrong."""


class EditsError(UsageError):
    """An editor's file under content/edits is wrong."""


class TryAgainLater(DigestError):
    """Nothing is wrong here; a later run will do it."""

    exit_status = 75


class LockHeld(TryAgainLater):
    """Another run holds the lock of this blog."""


class FetchError(DigestError):
    """A request failed and all its tries are used up."""


class Denied(FetchError):
    """The upstream refuses us (403). Asking again would be impolite."""


class RateLimited(FetchError):
    """The upstream answered 429 to every try."""


class Unreachable(FetchError):
    """No connection to a host, in all tries."""


class DeadlineExceeded(FetchError):
    """The time that a source may take is used up."""


class TooLarge(FetchError):
    """A body is larger, decoded, than what we accept."""


class NotCached(FetchError):
    """No request may be made and the cache has no answer."""


class NothingBetter(DigestError):
    """What was published of a day is more than what could be read now; it stays."""


class SourceError(DigestError):
    """An upstream answered, but not with a listing."""


class PaperIdError(DigestError):
    """A text is not an arXiv id."""


class RecordError(DigestError):
    """A digest record cannot be read."""


class RenderError(DigestError):
    """A post or page cannot be made."""


class OutputError(DigestError):
    """A file or folder cannot be written, or must not be."""
