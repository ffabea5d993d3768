"""Numbers that must not be in a report: row 35."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.identifiers import (
    IdentifierKind,
    find_national_numbers,
    without_national_numbers,
)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("BSN 111222333.", IdentifierKind.BSN, "111222333"),
        ("mijn bsn is 123456782 ok", IdentifierKind.BSN, "123456782"),
        ("1234.56.782", IdentifierKind.BSN, "1234.56.782"),
        ("rrn 85.07.30-033.28", IdentifierKind.RIJKSREGISTER, "85.07.30-033.28"),
        ("85073003328", IdentifierKind.RIJKSREGISTER, "85073003328"),
        ("kind: 17.07.30-033.84", IdentifierKind.RIJKSREGISTER, "17.07.30-033.84"),
        ("BE68 5390 0754 7034 is van hem", IdentifierKind.IBAN, "BE68 5390 0754 7034"),
        ("rekening nl91abna0417164300", IdentifierKind.IBAN, "nl91abna0417164300"),
        ("FR1420041010050500013M02606", IdentifierKind.IBAN, "FR1420041010050500013M02606"),
        ("٨٥٠٧٣٠٠٣٣٢٨", IdentifierKind.RIJKSREGISTER, "٨٥٠٧٣٠٠٣٣٢٨"),
    ],
)
def test_found_with_kind_and_place(text: str, kind: IdentifierKind, number: str) -> None:
    """Row 35: BSN (11-test), rijksregister (mod 97, both centuries) and IBAN, however grouped."""
    (found,) = find_national_numbers(text)
    assert found.kind is kind
    assert text[found.start : found.end] == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0470 00 01 12",
        "014 00 03 19",
        "014000319",
        "+32470000112",
        "06 00 00 09 16",
        "BE68 5390 0754 7035",
        "85.07.30-033.29",
        "123456789",
        "Kerkstraat 12, 2381 Weelde, 1.240 euro, 7/10/2027 10:00",
        "000000000",
    ],
)
def test_what_is_none(text: str) -> None:
    """Row 35: telephone numbers, dates, amounts and wrong check figures warn nobody."""
    assert find_national_numbers(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "tel 612345609",
        "mijn gsm is 470123400",
        "dossier nr 123456782",
        "kenmerk: 111222333",
        "onze ref. 123456782",
        "facture n° 123456782",
        "€ 123.456.782",
        "123 456 782 euro",
        "32470123062",
    ],
)
def test_what_looks_like_one_and_is_not(text: str) -> None:
    """Row 35: a telephone, reference or amount that passes a check is what the word says it is."""
    assert without_national_numbers(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("BSN 123456782, tel 612345609", "BSN …, tel 612345609"),
        ("bel 0470 12 34 56 over BE68 5390 0754 7034", "bel 0470 12 34 56 over …"),
        ("dossier 85.07.30-033.28", "dossier …"),
        ("dossier bsn 123456782", "dossier bsn …"),
    ],
)
def test_only_the_number_is_cut_out(text: str, kept: str) -> None:
    """Row 35: what stands around it stays as it was written."""
    assert without_national_numbers(text) == kept


def test_several_in_order() -> None:
    """Row 35: each number once, in the order of the text."""
    text = "BE68539007547034 en 85073003328 en 111222333"
    assert [found.kind for found in find_national_numbers(text)] == [
        IdentifierKind.IBAN,
        IdentifierKind.RIJKSREGISTER,
        IdentifierKind.BSN,
    ]


@given(
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(1, 997),
    st.sampled_from(["", "2"]),
    st.sampled_from([0, 20, 40]),
)
def test_every_right_number_is_found(
    year: int, month: int, day: int, order: int, century: str, bis: int
) -> None:
    """Row 35: born before or since 2000, in the register or by BIS number: all are found."""
    base = f"{year:02}{month + bis:02}{day:02}{order:03}"
    check = 97 - int(century + base) % 97
    found = find_national_numbers(f"nr {base}{check:02}.")
    assert [one.kind for one in found] == [IdentifierKind.RIJKSREGISTER]


@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.text("0123456789BENL .-", max_size=60)
)
def test_never_raises(text: str) -> None:
    """Row 35: any text can be searched; places lie within it and do not overlap."""
    end = 0
    for found in find_national_numbers(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
