"""Zip packages (.docx, .zip): members within limits, XML without entities, depth or network."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from nlp.errors import InputError

if TYPE_CHECKING:
    from nlp.settings import ReadingSettings

_MAX_PART = 256 * 2**20  # bytes of one XML part
_CHUNK = 2**20


class Package:
    """An opened zip package; raises InputError for damage, encryption, too many members or too much inside."""

    def __init__(self, data: bytes, name: str, settings: ReadingSettings) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise self._damaged() from error
        if len(members) > settings.max_archive_members:
            raise InputError("archive_too_many_members", where=name, what=f"Tệp nén có {len(members)} mục, vượt giới hạn {settings.max_archive_members}.",
                             remedy="Chia nhỏ tệp nén rồi nộp lại.", what_en=f"The archive has {len(members)} members; the limit is {settings.max_archive_members}.",
                             remedy_en="Split the archive.")  # fmt: skip
        if any(member.flag_bits & 1 for member in members):
            raise InputError("archive_encrypted", where=name, what="Tệp nén hoặc tài liệu được bảo vệ bằng mật khẩu.", remedy="Bỏ mật khẩu rồi nộp lại.",
                             what_en="The archive is protected by a password.", remedy_en="Remove the password.")  # fmt: skip
        self._left = settings.max_unpacked_bytes
        if sum(member.file_size for member in members) > self._left:
            raise self._bomb()
        self.names = tuple(member.filename for member in members if not member.is_dir())

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
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
            raise self._damaged() from error
        return b"".join(parts)

    def xml(self, member: str) -> etree._Element | None:
        """The root of an XML part, None if the package has no such part."""
        if member not in self.names:
            return None
        data = self.read(member)
        if len(data) > _MAX_PART:
            raise self._bomb()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error

    def _bomb(self) -> InputError:
        return InputError("archive_too_large", where=self._name, what="Nội dung bung ra từ tệp vượt giới hạn dung lượng cho phép.", remedy="Kiểm tra lại tệp; nếu tệp hợp lệ, nâng giới hạn reading.max_unpacked_bytes.",
                          what_en="What the file unpacks to exceeds the size limit.", remedy_en="Check the file, or raise reading.max_unpacked_bytes.")  # fmt: skip

    def _damaged(self) -> InputError:
        return InputError("package_damaged", where=self._name, what="Tệp bị hỏng hoặc bị cắt cụt, không mở được.", remedy="Tải lại hoặc lưu lại tệp từ nguồn.",
                          what_en="The file is damaged or cut short and cannot be opened.", remedy_en="Download or save the file again.")  # fmt: skip
