"""Decompression with a cap: a body of 300 kB can hold 300 MB, so the cap acts while inflating, not afterwards."""

import zlib

#: 32 + 15: zlib looks at the header and takes gzip or zlib streams.
_GZIP_OR_ZLIB = 47

GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(ValueError):
    """The data inflate to more than the cap."""


class Inflater:
    """Inflates gzip or zlib data piece by piece, and refuses to give out more than `cap` bytes in all."""

    def __init__(self, cap: int) -> None:
        self._left = cap
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)

    @property
    def finished(self) -> bool:
        """Return whether the stream has reached its own end; False means that it was cut short."""
        return self._stream.eof

    def feed(self, data: bytes) -> bytes:
        """Return what the next piece of compressed data holds.

        Raises:
            TooLargeError: more than the cap would come out.
            zlib.error: the data are damaged.
        """
        pieces = []
        while data:
            if self._stream.eof:
                if not data.startswith(GZIP_MAGIC):
                    break  # padding after the last member, as gzip(1) ignores it too
                self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = self._stream.decompress(data, self._left + 1)
            self._left -= len(piece)
            if self._left < 0:
                raise TooLargeError
            pieces.append(piece)
            data = self._stream.unused_data or self._stream.unconsumed_tail
        return b"".join(pieces)


def gunzip(body: bytes, cap: int) -> bytes:
    """Return what a whole gzip body holds.

    Raises:
        TooLargeError: more than `cap` bytes would come out.
        zlib.error: the data are damaged or cut short.
    """
    inflater = Inflater(cap)
    inflated = inflater.feed(body)
    if not inflater.finished:
        raise zlib.error("the compressed data end too early")
    return inflated
