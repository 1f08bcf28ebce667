"""Reading: bytes of a document file in, its faithful text with page positions out."""

from nlp.reading.readers import READERS, Reader, read

__all__ = ["READERS", "Reader", "read"]
