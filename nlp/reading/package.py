"""Zip packages (.docx, .zip): members within limits, XML without entities, depth or network."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from nlp.reading.failures import failure

if TYPE_CHECKING:
    from nlp.errors import LegalTextError
    from nlp.settings import ReadingSettings

# what zipfile and its decompressors raise for damaged archives
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    LookupError,
    ArithmeticError,
    struct.error,
)
_MAX_PART = 256 * 2**20  # bytes of one XML part
_CHUNK = 2**20
# the names of "Strict Open XML" files, read as those of all others
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """An opened zip package; raises InputError for damage, encryption, too many members or too much inside."""

    def __init__(self, data: bytes, name: str, settings: ReadingSettings) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGE as error:
            raise self._damaged() from error
        if len(members) > settings.max_archive_members:
            raise failure("archive_too_many_members", name, count=len(members), limit=settings.max_archive_members)
        if any(member.flag_bits & 1 for member in members):
            raise failure("archive_encrypted", name)
        self._left = settings.max_unpacked_bytes
        if sum(member.file_size for member in members) > self._left:
            raise self._bomb()
        self.names = tuple(member.filename for member in members if member.filename and not member.is_dir())

    def read(self, member: str) -> bytes:
        """The bytes of one member; what is unpacked counts against the package's limit, whatever its header claims."""
        parts: list[bytes] = []
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self._bomb()
                    parts.append(chunk)
        except _DAMAGE as error:
            raise self._damaged() from error
        return b"".join(parts)

    def xml(self, member: str) -> etree._Element | None:
        """The root of an XML part, None if the package has no such part."""
        if member not in self.names:
            return None
        data = self.read(member)
        if len(data) > _MAX_PART:
            raise self._bomb()
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data.replace(_STRICT, _USUAL), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error

    def _bomb(self) -> LegalTextError:
        return failure("archive_too_large", self._name)

    def _damaged(self) -> LegalTextError:
        return failure("package_damaged", self._name)
