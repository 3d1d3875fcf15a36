"""Personal data, told by the name of a column, by a pattern, and by check digits where there are any."""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column, Mask
from aipm.prep.profile.sheet import Sheet, found, step
from aipm.prep.profile.words import words

LOOKED_AT = 2_000
EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
PHONE = r"^(\+|00)?[0-9]{0,3}[ .-]?(\([0-9]{1,5}\)|[0-9]{1,5})([ ./-]?[0-9]{2,5}){1,5}( ?(x|ext\.?) ?[0-9]{1,6})?$"
MARKED_PHONE = (
    r"^(\+[0-9]{1,3}[ .-]?(\([0-9]{1,5}\)|[0-9]{1,5})([ .-]?[0-9]{2,5}){1,5}"
    r"|(1[ .-])?\([0-9]{3}\) ?[0-9]{3}[ .-][0-9]{4}"
    r"|(1[.-])?[0-9]{3}[.-][0-9]{3}[.-][0-9]{4})( ?(x|ext\.?) ?[0-9]{1,6})?$"
)
SSN = r"^([0-8][0-9]{2})-([0-9]{2})-([0-9]{4})$"
IPV4 = r"^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(:[0-9]{1,5}|/[0-9]{1,2})?$"
IPV6 = r"^([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}$|^([0-9A-Fa-f]{1,4}:){1,6}(:[0-9A-Fa-f]{1,4}){0,6}:?$"
IBAN = r"^[A-Z]{2}[0-9]{2} ?([A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}$"


def personal(sheet: Sheet) -> Iterator[Finding]:
    """Columns that hold what identifies people; at most one kind is said of each."""
    for column in sheet.columns:
        if column.kind in ("empty", "yes_no") or column.filled < 3:
            continue
        if _is_birth(column):
            yield found(
                "pii_date_of_birth",
                [column],
                rows=sheet.rows,
                count=column.filled,
                fix=step("generalise_date", [column], to="year") if column.kind == "date" else None,
            )
            continue
        if column.kind in ("date", "number"):
            continue
        some = _some(column)
        for kind, variant, test, fix in (
            ("pii_email", "", _emails, ("mask_text", {"what": "email_domain"})),
            ("pii_ip_address", "", _addresses, ("hash_text", {})),
            ("pii_card_number", "", _cards, ("mask_text", {"what": "keep_end", "keep": 4})),
            ("pii_card_number", "iban", _accounts, ("mask_text", {"what": "keep_end", "keep": 4})),
            ("pii_national_id", "", _national, ("hash_text", {})),
            ("pii_phone", "", _phones, ("drop_columns", {})),
            ("pii_person_name", "", _names, ("drop_columns", {})),
        ):
            if test(column, some):
                op, params = fix
                yield found(
                    kind,
                    [column],
                    rows=sheet.rows,
                    count=column.filled,
                    variant=variant,
                    fix=step(op, [column], **params),
                )
                break
        else:
            yield from _within(column, sheet)


def _some(column: Column) -> list[str]:
    """A part of the distinct values, from all over the column."""
    places = np.flatnonzero(column.is_valid)
    chosen = places[:: max(len(places) // LOOKED_AT, 1)]
    return [str(text) for text in column.texts.take(pa.array(chosen)).to_pylist()]


def _share(some: Sequence[str], test: str | Callable[[str], bool]) -> float:
    if isinstance(test, str):
        return float(
            np.mean(pc.match_substring_regex(pa.array(some, pa.string()), test).to_numpy(zero_copy_only=False))
        )
    return float(np.mean([test(text) for text in some]))


def _is_birth(column: Column) -> bool:
    if column.kind == "date":
        return bool(column.words & words().birth)
    years = (
        column.kind == "whole_number"
        and bool(column.words & words().birth)
        and bool(column.words & {"year", "yr", "born", "jahr", "dob"})
    )
    if not years:
        return False
    values, _ = column.sorted_numbers
    return len(values) > 0 and 1850 <= float(np.median(values)) <= 2100


def _emails(column: Column, some: Sequence[str]) -> bool:
    if not column.is_numeric and "@" in "".join(some[:200]):
        return _share(some, f"^{EMAIL}$") >= 0.2
    return False


def _addresses(column: Column, some: Sequence[str]) -> bool:
    if column.is_numeric or not any("." in text or ":" in text for text in some[:50]):
        return False
    return _share(some, IPV4) >= 0.6 or _share(some, IPV6) >= 0.6


def luhn(text: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812), with a first digit and a length that cards have."""
    digits = re.sub(r"[ -]", "", text)
    if (
        not (digits.isascii() and digits.isdigit())
        or not 13 <= len(digits) <= 19
        or digits[0] not in "23456"
        or len(set(digits)) < 2
    ):
        return False
    doubled = (int(d) * 2 for d in digits[-2::-2])
    return (sum(int(d) for d in digits[::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def iban(text: str) -> bool:
    """The check digits of bank accounts (ISO 13616): the rearranged number leaves 1 when divided by 97."""
    bare = text.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", bare):
        return False
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def _cards(column: Column, some: Sequence[str]) -> bool:
    least = 0.5 if column.words & words().card else 0.9
    return len(some) >= 3 and _share(some, luhn) >= least


def _accounts(column: Column, some: Sequence[str]) -> bool:
    return not column.is_numeric and _share(some, IBAN) >= 0.5 and _share(some, iban) >= 0.5


def _cpf(text: str) -> bool:
    """Brazil's CPF: two check digits modulo 11."""
    digits = [int(d) for d in re.sub(r"[.-]", "", text) if d.isdecimal()]
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    return all(
        sum(d * w for d, w in zip(digits, range(n, 1, -1), strict=False)) * 10 % 11 % 10 == digits[n - 1]
        for n in (10, 11)
    )


def _dni(text: str) -> bool:
    """Spain's DNI and NIE: the letter is the number modulo 23."""
    match = re.fullmatch(r"([XYZ]?)(\d{7,8})-?([A-Z])", text.upper())
    if not match:
        return False
    first = {"": "", "X": "0", "Y": "1", "Z": "2"}[match[1]]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(first + match[2]) % 23] == match[3]


def _weighted(weights: Sequence[int], modulus: int) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        digits = re.sub(r"[ .-]", "", text)
        if not re.fullmatch(rf"\d{{{len(weights)}}}", digits) or len(set(digits)) < 3:
            return False
        return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % modulus == 0

    return test


def _nir(text: str) -> bool:
    """France's NIR: 13 digits and 97 minus them modulo 97."""
    digits = text.replace(" ", "")
    return bool(re.fullmatch(r"[1-478]\d{14}", digits)) and 97 - int(digits[:13]) % 97 == int(digits[13:])


NATIONAL: tuple[str | Callable[[str], bool], ...] = (
    SSN,
    r"^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]$",  # United Kingdom, National Insurance
    r"^[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$",  # Italy, codice fiscale
    r"^[A-Z]{5}[0-9]{4}[A-Z]$",  # India, PAN
    r"^(19|20)?[0-9]{6}[-+][0-9]{4}$",  # Sweden, Denmark
    _dni,
    _cpf,
    _nir,
)
BARE_NATIONAL: tuple[Callable[[str], bool], ...] = (
    _weighted((9, 8, 7, 6, 5, 4, 3, 2, -1), 11),  # Netherlands, BSN
    _weighted((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10),  # Poland, PESEL
)


def _national(column: Column, some: Sequence[str]) -> bool:
    """By a pattern of its own, by check digits, or by the name with a value that could be one."""
    if len(some) < 3:
        return False
    if not column.is_numeric and any(_share(some, test) >= 0.8 for test in NATIONAL):
        return True
    if (
        column.is_numeric
        and any(_share(some, test) >= 0.95 for test in (*BARE_NATIONAL, _nir, _cpf))
        and len(some) >= 20
    ):
        return True
    return (
        bool(column.words & words().national_id)
        and _share(some, r"^[A-Za-z0-9][A-Za-z0-9 ./-]{4,20}$") >= 0.8
        and _share(some, r"[0-9]") >= 0.8
    )


def _phones(column: Column, some: Sequence[str]) -> bool:
    if column.words & words().phone:
        digits = [sum(c.isdigit() for c in text) for text in some]
        return bool(np.mean([7 <= n <= 15 for n in digits]) >= 0.5) and _share(some, PHONE) >= 0.4
    return not column.is_numeric and column.distinct > 10 and _share(some, MARKED_PHONE) >= 0.7


def _names(column: Column, some: Sequence[str]) -> bool:
    """Honorifics and first names in the cells, or a column named as one of names with cells that could be."""
    if column.is_numeric or column.distinct < 5:
        return False
    known = words()
    lettered = _share(some, r"^[\p{L}][\p{L}'’. ,()\"-]+$")
    if lettered < 0.7:
        return False
    parts = [re.findall(r"[^\W\d_]+", text.casefold()) for text in some]
    short = [1 <= len(each) <= 10 for each in parts]
    if np.mean(short) < 0.8:
        return False
    titled = float(np.mean([bool(set(each) & known.honorifics) for each in parts]))
    first = float(np.mean([bool(set(each) & known.first_names) and len(each) >= 2 for each in parts]))
    alone = float(np.mean([bool(each) and each[0] in known.first_names for each in parts]))
    things = bool(column.words & known.things)
    if titled >= 0.5:
        return True
    if column.words & known.person_name and not things:
        return column.distinct >= 5 and not _one_word_codes(some)
    if column.words & known.name and not things:
        return first >= 0.15 or alone >= 0.3
    return first >= 0.35 and not things and float(np.median([len(each) for each in parts])) <= 4


def _one_word_codes(some: Sequence[str]) -> bool:
    """Handles such as agent_07 name a person only to those who have the list."""
    return _share(some, r"[0-9_]") >= 0.5


def _within(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """E-mail addresses inside longer texts."""
    if column.kind not in ("text", "category"):
        return
    with_sign = pc.match_substring(column.texts, "@").to_numpy(zero_copy_only=False)
    if not with_sign.any():
        return
    mask: Mask = np.zeros(len(with_sign), bool)
    mask[with_sign] = pc.match_substring_regex(column.texts.filter(pa.array(with_sign)), EMAIL).to_numpy(
        zero_copy_only=False
    )
    if mask.any():
        yield found(
            "pii_email",
            [column],
            rows=sheet.rows,
            count=column.count(mask),
            variant="inside",
            where=column.first_rows(mask),
            fix=step("mask_text", [column], what="inside"),
        )
