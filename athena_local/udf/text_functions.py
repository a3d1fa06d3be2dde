"""Trino's functions of text, on one row."""

import re
import unicodedata
from urllib.parse import unquote_plus

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction

_SOUNDEX = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "01230120022455012623010202", strict=True))


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _refuse(function: str, type_: str) -> str:
    raise QueryError("FUNCTION_NOT_FOUND", f"line 1:1: Unexpected parameters ({type_.lower()}) for function {function}")


def _fail(message: str) -> str:
    raise _invalid(message)


def _upper(text: str) -> str:
    """Return capitals that are one character each, as in Java's table: ``ß`` stays."""
    return "".join(upper if len(upper := each.upper()) == 1 else each for each in text)


def _normalize(text: str, form: str) -> str:
    return unicodedata.normalize(form, text)  # type: ignore[arg-type]


def _codepoint(text: str) -> int:
    if len(text) != 1:
        raise _invalid("Input string must be a single character string")
    return ord(text)


def _levenshtein(a: str, b: str) -> int:
    above = list(range(len(b) + 1))
    for row, x in enumerate(a, start=1):
        here = [row]
        for column, y in enumerate(b, start=1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (x != y)))
        above = here
    return above[-1]


def _hamming(a: str, b: str) -> int:
    if len(a) != len(b):
        raise _invalid("The input strings to hamming_distance function must have the same length")
    return sum(x != y for x, y in zip(a, b, strict=True))


def _luhn(text: str) -> bool:
    if not text:
        return False
    if not (text.isascii() and text.isdigit()):
        raise _invalid("Input contains non-digit character")
    digits = [int(digit) for digit in reversed(text)]
    return sum(digit if n % 2 == 0 else sum(divmod(2 * digit, 10)) for n, digit in enumerate(digits)) % 10 == 0


def _soundex(text: str) -> str:
    letters = [letter for letter in text.upper() if letter.isalpha()]
    if unknown := next((letter for letter in letters if letter not in _SOUNDEX), ""):
        raise _invalid(f"The character is not mapped: {unknown} (index={ord(unknown) - 65})")
    code, last = "".join(letters[:1]), _SOUNDEX[letters[0]] if letters else ""
    for letter in letters[1:]:
        digit = _SOUNDEX[letter]
        if digit not in ("0", last):
            code += digit
        if letter not in "HW":
            last = digit
    return code[:4].ljust(4, "0") if code else ""


def _strpos(text: str, part: str, instance: int) -> int:
    if instance == 0:
        raise _invalid("'instance' must be a positive or negative number.")
    if not part:
        return 1
    at = -1 if instance > 0 else len(text)
    for _ in range(abs(instance)):
        at = text.find(part, at + 1) if instance > 0 else text.rfind(part, 0, max(at + len(part) - 1, 0))
        if at < 0:
            return 0
    return at + 1


def _split(text: str, delimiter: str, limit: int) -> list[str]:
    if limit <= 0:
        raise _invalid("Limit must be positive")
    if not delimiter:
        raise _invalid("The delimiter may not be the empty string")
    return text.split(delimiter, limit - 1)


def _split_part(text: str, delimiter: str, index: int) -> str | None:
    if index <= 0:
        raise _invalid("Index must be greater than zero")
    parts = text.split(delimiter) if delimiter else [*text]
    return parts[index - 1] if index <= len(parts) else None


def _url_decode(text: str) -> str:
    if bad := re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise _invalid(f"URLDecoder: Illegal hex characters in escape (%) pattern at {bad.start()}")
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise QueryError("NOT_SUPPORTED", "url_decode of what is no UTF-8 is not implemented offline") from error


def _function(row: object, takes: str, returns: str) -> PythonFunction:
    return PythonFunction(row=row, takes=takes.split(), returns=returns)  # type: ignore[arg-type]


TEXT_FUNCTIONS: Functions = {
    "java_refuse": _function(_refuse, "VARCHAR VARCHAR", "VARCHAR"),
    "java_fail": _function(_fail, "VARCHAR", "VARCHAR"),
    "java_upper": _function(_upper, "VARCHAR", "VARCHAR"),
    "java_normalize": _function(_normalize, "VARCHAR VARCHAR", "VARCHAR"),
    "java_codepoint": _function(_codepoint, "VARCHAR", "INTEGER"),
    "java_levenshtein": _function(_levenshtein, "VARCHAR VARCHAR", "BIGINT"),
    "java_hamming": _function(_hamming, "VARCHAR VARCHAR", "BIGINT"),
    "java_luhn": _function(_luhn, "VARCHAR", "BOOLEAN"),
    "java_soundex": _function(_soundex, "VARCHAR", "VARCHAR"),
    "java_strpos": _function(_strpos, "VARCHAR VARCHAR BIGINT", "BIGINT"),
    "java_split": _function(_split, "VARCHAR VARCHAR BIGINT", "VARCHAR[]"),
    "java_split_part": _function(_split_part, "VARCHAR VARCHAR BIGINT", "VARCHAR"),
    "java_url_decode": _function(_url_decode, "VARCHAR", "VARCHAR"),
}
