"""Names of members that look personal: guesses, for a person to check."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Final

from thermocline.events.names import is_address_name, words_of

_RESTRICTED: Final[dict[str, str]] = {
    "e-mail address": "email emails mail mailaddress emailaddress correo courriel",
    "phone number": """
        phone phones phonenumber mobile mobilephone cell cellphone tel telephone telefon telefono fax handy msisdn
        whatsapp
        """,
    "name of a person": """
        firstname lastname fullname surname givenname familyname middlename maidenname displayname nickname username
        login vorname nachname prenom nom nombre apellido cognome
        """,
    "birth date": """
        birthday birthdate dob born birth dateofbirth yearofbirth geburtsdatum geburtstag naissance nacimiento
        """,
    "postal address": """
        address address1 address2 addressline adresse direccion indirizzo street streetaddress strasse rue calle
        """,
    "number of an identity card or tax payer": """
        ssn sin nino nif nie dni cpf bsn pesel curp aadhaar personnummer passport nationalid taxid steuerid steuernummer
        socialsecurity insurancenumber driverlicense driverslicense svnr ahv codicefiscale insee nhs
        """,
    "bank account or card": "iban bic cardnumber creditcard accountnumber cardholder pan cvv kontonummer",
}
_CONFIDENTIAL: Final[dict[str, str]] = {
    "name, perhaps of a person": "name contact customername author owner assignee salutation",
    "place of a person": """
        city town zip zipcode postcode postalcode plz ort stadt ville ciudad location latitude longitude lat lon lng geo
        geolocation
        """,
    "trait of a person": """
        gender sex age nationality religion ethnicity disability marital salary income health diagnosis
        """,
    "id of a person or device": """
        userid customerid contactid memberid patientid employeeid personid visitorid clientid subscriberid deviceid
        anonymousid sessionid cookie idfa idfv gaid imei
        """,
}
WEAK_KINDS: Final = frozenset(_CONFIDENTIAL)
"""Kinds that need not identify a person by themselves."""

_LOOKS: Final = tuple(
    (classification, {word: what for what, words in table.items() for word in words.split()})
    for classification, table in (("restricted", _RESTRICTED), ("confidential", _CONFIDENTIAL))
)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


_CODES: Final = word_set(
    """
    zip zipcode postcode postalcode plz phone phonenumber mobile tel telephone telefon fax msisdn ssn iban sku ean gtin
    isbn code
    """
)


@lru_cache(maxsize=4096)
def look_of_name(member: str) -> tuple[str, str] | None:
    """Return the classification that a member's name suggests, and what kind of data it names; or None."""
    if is_address_name(member):
        return "restricted", "IP address"
    for classification, look_of_word in _LOOKS:
        for part in _parts(member):
            if part in look_of_word:
                return classification, look_of_word[part]
    return None


def holds_codes(member: str) -> bool:
    """Tell whether digits in a member with this name are a code, such as a postcode, which may begin with 0."""
    return not _CODES.isdisjoint(_parts(member))


def _parts(member: str) -> list[str]:
    """Return the words of a name, alone and joined to their neighbours, longest first."""
    words = words_of(member.replace("ß", "ss"))
    parts = {*words, *map("".join, itertools.pairwise(words)), "".join(words)}
    return sorted(parts, key=lambda part: (-len(part), part))
