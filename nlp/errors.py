"""The errors a user can meet. Each says what is wrong, where, and what to do; one table maps classes to exit codes and HTTP statuses."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Language(StrEnum):
    """The languages of messages: Vietnamese by default."""

    VI = "vi"
    EN = "en"

    def of(self, vietnamese: str, english: str) -> str:
        """The one of two texts that is in this language."""
        return english if self is Language.EN else vietnamese


class LegalTextError(Exception):
    """A located problem that the user can act on.

    `code` is a stable snake_case word; `where` names the file, record or setting; `what`/`remedy` are Vietnamese sentences with English twins.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    title_vi: ClassVar[str] = "Lỗi"
    title_en: ClassVar[str] = "Error"

    def __init__(
        self, code: str, *, where: str, what: str, remedy: str, what_en: str = "", remedy_en: str = ""
    ) -> None:
        super().__init__(f"{where}: {what} {remedy}")
        self.code = code
        self.where = where
        self.what = what
        self.remedy = remedy
        self.what_en = what_en or what
        self.remedy_en = remedy_en or remedy

    def message(self, language: Language = Language.VI) -> str:
        """One line for the reader: where, what, remedy."""
        if language is Language.EN:
            return f"{self.where}: {self.what_en} {self.remedy_en}".strip()
        return f"{self.where}: {self.what} {self.remedy}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        # errors cross process borders (the reading sandbox); keyword-only fields need help to be pickled
        fields = (self.where, self.what, self.remedy, self.what_en, self.remedy_en)
        return (_rebuild, (type(self), self.code, *fields))


def _rebuild(kind: type[LegalTextError], code: str, *fields: str) -> LegalTextError:
    where, what, remedy, what_en, remedy_en = fields
    return kind(code, where=where, what=what, remedy=remedy, what_en=what_en, remedy_en=remedy_en)


class InputError(LegalTextError):
    """The given file or record cannot be used as it is."""

    exit_code = 3
    http_status = 422
    title_vi = "Dữ liệu đầu vào không hợp lệ"
    title_en = "Invalid input"


class NotFoundError(LegalTextError):
    """The named thing does not exist."""

    exit_code = 4
    http_status = 404
    title_vi = "Không tìm thấy"
    title_en = "Not found"


class StateError(LegalTextError):
    """The workspace is not in a state in which this can be done (busy, other model, other schema)."""

    exit_code = 5
    http_status = 409
    title_vi = "Trạng thái không phù hợp"
    title_en = "Conflicting state"


class ResourceError(LegalTextError):
    """A limit was reached or an optional program is missing."""

    exit_code = 6
    http_status = 503
    title_vi = "Thiếu tài nguyên"
    title_en = "Resource missing or exhausted"


class SettingsError(LegalTextError):
    """A setting has a value that cannot be used."""

    exit_code = 7
    http_status = 500
    title_vi = "Cấu hình sai"
    title_en = "Invalid settings"


# exit 0: done; 1: a bug (unexpected error); 2: wrong command line (the convention of click); 8: part of a batch failed
EXIT_USAGE = 2
EXIT_PARTIAL = 8
