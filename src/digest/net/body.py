"""Bodies, decoded as they come in and never beyond a cap."""

import zlib

from digest.errors import FetchError, TooLarge

_WITH_GZIP_HEADER = 16 + zlib.MAX_WBITS


class Body:
    """A body in the making.

    httpx would decode a whole piece at once, and 64 kB of gzip can be 64 MB; zlib can be told to stop.

    Args:
        url: for messages.
        encoding: the answer's Content-Encoding.
        cap: bytes that the decoded body may have.

    Raises:
        FetchError: an encoding that was not asked for.
    """

    def __init__(self, url: str, encoding: str, cap: int) -> None:
        if encoding.lower() not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError("an encoding that was not asked for", where=url, why=ascii(encoding))
        self._url, self._cap = url, cap
        self._content = bytearray()
        self._complete = True
        self._gzip = zlib.decompressobj(_WITH_GZIP_HEADER) if "gzip" in encoding.lower() else None

    def add(self, piece: bytes) -> None:
        """Take the next piece as it came over the line.

        Raises:
            TooLarge: the body is larger than the cap.
            zlib.error: it is not gzip.
        """
        if self._gzip is None:
            self._keep(piece)
        else:
            self._unzip(piece)

    def whole(self) -> bytes:
        """The body.

        Raises:
            EOFError: its end is missing.
        """
        if not self._complete:
            raise EOFError("the compressed body ends too early")
        return bytes(self._content)

    def _unzip(self, piece: bytes) -> None:
        while piece:
            assert self._gzip is not None
            # One byte more than there is room for, to see that there is more. (0 would mean: no limit.)
            self._keep(self._gzip.decompress(piece, self._cap - len(self._content) + 1))
            self._complete = self._gzip.eof
            piece = self._gzip.unused_data
            if piece:  # a gzip file may have several members, one after the other (RFC 1952, section 2.2)
                self._gzip = zlib.decompressobj(_WITH_GZIP_HEADER)

    def _keep(self, data: bytes) -> None:
        if len(self._content) + len(data) > self._cap:
            raise TooLarge("the answer is too large", where=self._url, why=f"more than {self._cap:,} bytes")
        self._content += data
