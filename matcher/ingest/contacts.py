"""Keeping contacts out: e-mails, phone numbers and the names beside them never reach a text.

What is encoded, indexed, listed or kept in quarantine has passed through here. Ordinary
numbers stay: years, dates, wages, postcodes, street numbers, business ids, standards.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final, TypeVar
from urllib.parse import unquote

from matcher.domain.casework.item import CaseItem
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation

Thing = TypeVar("Thing", bound=Profile | Offer | CaseItem | Situation)

#: Stands where a contact was.
MARK = "[…]"

_AT = re.compile(r"@|[(\[](?:at|ät|a)[)\]]", re.IGNORECASE)
#: Parts are bounded as in RFC 5321, which also bounds the time a long word takes.
_LOCAL = r"[\w.!#$%&*+=?^{|}~-][\w.!#$%&'*+=?^`{|}~-]{0,63}"
_EMAIL = re.compile(
    rf"{_LOCAL}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}"
    # Spelt out or spaced; the dot tells it from "somessa @kaupunki".
    rf"|{_LOCAL} ?(?:@|[(\[](?:at|ät|a)[)\]]) ?\[?[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}",
    re.IGNORECASE,
)
_GAP = r"[ \u00a0\u2009\u202f./()\u2010-\u2015-]{0,3}"
_PHONE = re.compile(
    rf"(?<![0-9])(?<![0-9][.,:/-])\(?(?:\+|0)[0-9]{{1,4}}\)?(?:{_GAP}[0-9]){{4,14}}(?![0-9])"
)
_BUSINESS_ID = re.compile(r"0\d{6}-\d(?!\d)")
_CLOCK_RANGE = re.compile(r"0\d(?:\.\d\d)? ?[-–] ?[012]\d(?!\d)")
_DATE = re.compile(
    r"\d{1,2}[./-]{1,2}\d{1,2}[./-]{1,2}(?:19|20)?\d\d(?!\d)|\d{1,2} \d{1,2} (?:19|20)\d\d(?!\d)"
)
_MOBILE = re.compile(r"0(?:4\d|50)")
_ABROAD = re.compile(r"00(?:358|3[0-9]|37\d|4[0-9])")
_MARKS = re.compile(r"\[…\]|\[EMAIL\]|\[PUHELIN\]")
_NAME = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?"
#: A name, then at most a few words such as a job title or "puh.", then a contact.
_PERSON = re.compile(
    rf"{_NAME}(?: {_NAME}){{1,2}}"
    r"(?=(?:[\s,:;/()–-]{1,3}(?:[a-zåäö.-]{1,30}|(?:Puh|Tel|Tfn|Gsm|GSM|Sähköposti|E-post)\b\.?))"
    rf"{{0,4}}[\s,.:;/()–-]{{0,4}}(?:{_MARKS.pattern}))"
)
_CONTACT_KEYS = frozenset(
    {
        "contact",
        "contactperson",
        "contactpersons",
        "contacts",
        "email",
        "etunimi",
        "firstname",
        "ilmoittajanyhteystiedot",
        "kotitaloudennimi",
        "lastname",
        "phone",
        "puhelin",
        "puhelinnro",
        "sahkoposti",
        "sposti",
        "sukunimi",
        "telephone",
        "yhteyshenkilo",
        "yhteyshenkilot",
        "yhteystiedot",
    }
)
#: Fields that hold codes and addresses of concepts, never prose.
_CODES = frozenset(
    {
        "cards",
        "code",
        "concept",
        "countries",
        "entry",
        "id",
        "licences",
        "meeting",
        "municipalities",
        "municipality",
        "offer_id",
        "owner",
        "plan",
        "regions",
        "served_in",
        "source",
    }
)
#: A field that holds an address: the digits of a job's number or a UUID are no phone number.
_LINK: Final = "url"
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_CONTACT_SCHEMES: Final = ("mailto:", "tel:")


def without_contacts(text: str) -> str:
    """Return a text with e-mails, phone numbers and the names before them replaced by `MARK`."""
    text = _without_phones(_EMAIL.sub(MARK, text) if _AT.search(text) else text)
    return _PERSON.sub(MARK, text) if _MARKS.search(text) else text


def scrub(thing: Thing) -> Thing:
    """Return a profile, offer, case entry or situation whose texts hold no contacts."""
    clean: Thing = _clean(thing)
    return clean


def scrub_row(value: object) -> object:
    """Return a JSON value without its contact fields, its texts without contacts.

    A value that is a web address as a whole is judged as a link, so that it is still one
    when the row is tried again.
    """
    if isinstance(value, dict):
        return {
            key: scrub_row(inner)
            for key, inner in value.items()
            if str(key).casefold() not in _CONTACT_KEYS
        }
    if isinstance(value, list):
        return [scrub_row(inner) for inner in value]
    if not isinstance(value, str):
        return value
    return _link(value) if _WEB_ADDRESS.fullmatch(value) else without_contacts(value)


def _clean(value: Any) -> Any:  # noqa: ANN401 - walks whatever a domain object holds
    if type(value) is str:  # not a StrEnum's member
        return without_contacts(value)
    if isinstance(value, tuple):
        return tuple(map(_clean, value))
    changes = {}
    for name in getattr(value, "__dataclass_fields__", ()):
        before = getattr(value, name)
        clean = _link if name == _LINK else _clean
        if name not in _CODES and before and (after := clean(before)) != before:
            changes[name] = after
    return dataclasses.replace(value, **changes) if changes else value


def _link(url: str) -> str:
    """Return an address as it is, or nothing if it leads to a person."""
    bare = unquote(url).strip()
    to_person = bare.casefold().startswith(_CONTACT_SCHEMES) or _EMAIL.search(bare)
    return "" if to_person else url


def _without_phones(text: str) -> str:
    parts, at = [], 0
    while found := _PHONE.search(text, at):
        end = found.start() + _phone_length(found.group())
        if end == found.start():
            end += 1
            parts.append(text[at:end])
        else:
            parts += [text[at : found.start()], MARK]
        at = end
    return "".join([*parts, text[at:]])


def _phone_length(candidate: str) -> int:
    """Return how many characters of a run of digit groups are one phone number, 0 if none.

    A number may be followed by another one or by a date, so whole groups are left out from
    the end until a usual length is reached.
    """
    if _BUSINESS_ID.match(candidate):
        return 0
    ends = [group.end() for group in re.finditer(r"[0-9]+", candidate)][::-1]
    for longest in (12 if candidate.lstrip("(").startswith(("+", "00")) else 10, 15):
        for end in ends:
            digits = sum(map(str.isdigit, candidate[:end].replace("(0)", "")))
            if digits <= longest and _is_phone(candidate[:end]):
                return end
    return 0


def _is_phone(text: str) -> bool:
    bare = text.lstrip("(")
    digits = re.sub(r"\D", "", bare)
    if bare.startswith("+"):
        return bare.startswith(("+358", "+ 358")) or len(digits) >= 9
    if bare.startswith("00"):
        return bool(_ABROAD.match(digits)) and len(digits) >= 9
    if _MOBILE.match(bare) and len(digits) >= 8:
        return True
    return (
        7 <= len(digits) <= 12
        and re.search(r"\d{3}", bare) is not None
        and not _CLOCK_RANGE.match(bare)
        and not _DATE.match(bare)
    )
