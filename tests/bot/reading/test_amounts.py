"""Amounts: rows 33, 41."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.amounts import Amount, AmountProblem, Unreadable, find_amounts, read_amount


@pytest.mark.parametrize(
    ("typed", "cents", "months"),
    [
        ("1.234,56", 123456, None),
        ("1,234.56", 123456, None),
        ("1 234,56", 123456, None),
        ("€ 1.240", 124000, None),
        ("1240 euro", 124000, None),
        ("1240", 124000, None),
        ("1,240", 124000, None),
        ("€1240,-", 124000, None),
        ("1.240,— euro", 124000, None),
        ("EUR 1240.00", 124000, None),
        ("ongeveer 1200 euro", 120000, None),
        ("€ 0,50", 50, None),
        ("1.000.000", 100_000_000, None),
        ("2 maanden", None, 2),
        ("1 maand", None, 1),
        ("twee maanden huur", None, 2),
        ("2 months of rent", None, 2),
        ("deux mois de loyer", None, 2),
        ("trois mois d'arriérés", None, 3),
        ("1 240,50 euros", 124050, None),
        ("plus ou moins 800 euros", 80000, None),
        ("dettes : 1.240 € (2 mois de retard)", 124000, 2),
        ("bijna € 900,-", 90000, None),
        ("2 maanden, 1.240 euro", 124000, 2),
        ("€ 1.240 · 2 maanden", 124000, 2),
        ("1240 euros (2 mois)", 124000, 2),
        ("١٢٤٠", 124000, None),
        ("१२४० euro", 124000, None),
        ("١٬٢٤٠٫٥٠ €", 124050, None),
        ("٢ maanden", None, 2),
    ],
)
def test_one_reading(typed: str, cents: int | None, months: int | None) -> None:
    """Rows 33, 41: euros, months or both, in every usual way of writing and any digits."""
    assert read_amount(typed) == Amount(cents=cents, months=months)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("-5", AmountProblem.NEGATIVE),
        ("€ -5", AmountProblem.NEGATIVE),
        ("moins 800 euros", AmountProblem.NEGATIVE),
        ("−5 euro", AmountProblem.NEGATIVE),
        ("1e9", AmountProblem.NOT_UNDERSTOOD),
        ("NaN", AmountProblem.NOT_UNDERSTOOD),
        ("∞", AmountProblem.NOT_UNDERSTOOD),
        ("12,5,6", AmountProblem.NOT_UNDERSTOOD),
        ("1.2345", AmountProblem.NOT_UNDERSTOOD),
        ("1.234.56", AmountProblem.NOT_UNDERSTOOD),
        ("1 234 56", AmountProblem.NOT_UNDERSTOOD),
        ("500 of 600 euro", AmountProblem.NOT_UNDERSTOOD),
        ("2 maanden à 620 euro", AmountProblem.NOT_UNDERSTOOD),
        ("620 euro per maand", AmountProblem.NOT_UNDERSTOOD),
        ("veel", AmountProblem.NOT_UNDERSTOOD),
        ("", AmountProblem.NOT_UNDERSTOOD),
        ("9" * 5000, AmountProblem.NOT_UNDERSTOOD),
        ("9" * 30, AmountProblem.TOO_LARGE),
        ("€ 1.000.001", AmountProblem.TOO_LARGE),
        ("200 maanden", AmountProblem.TOO_LARGE),
        ("0 euro", AmountProblem.ZERO),
        ("0", AmountProblem.ZERO),
        ("2", AmountProblem.EUROS_OR_MONTHS),
        ("1,5", AmountProblem.EUROS_OR_MONTHS),
        ("2,5 maanden", AmountProblem.PART_OF_MONTH),
        ("$ 500", AmountProblem.OTHER_CURRENCY),
    ],
)
def test_asked_again(typed: str, reason: AmountProblem) -> None:
    """Row 41: what has no reading, or more than one, is asked again."""
    assert read_amount(typed) == Unreadable(reason=reason)


@given(
    st.text(st.characters(exclude_categories=()), max_size=40)
    | st.text("0123456789.,' €-euromaand٤", max_size=30)
)
def test_never_raises(text: str) -> None:
    """Row 41: any text gives a positive amount or a reason."""
    read = read_amount(text)
    if isinstance(read, Amount):
        assert (read.cents or 0) + (read.months or 0) > 0
        assert (read.cents is None or read.cents > 0) and (read.months is None or read.months > 0)


@given(st.integers(1_300, 100_000_000))
def test_belgian_and_english_ways_agree(cents: int) -> None:
    """Row 41: 1.234,56 and 1,234.56 are one amount."""
    english = f"{cents // 100:,}.{cents % 100:02}"
    belgian = english.translate(str.maketrans(".,", ",."))
    assert read_amount(english) == read_amount(belgian) == Amount(cents=cents)


def test_amounts_in_a_sentence() -> None:
    """Only what has its sign or word beside it is an amount, at its place."""
    text = "Kerkstraat 12, al 2 maanden en € 1.240 achter"
    found = find_amounts(text)
    assert [text[one.start : one.end] for one in found] == ["2 maanden", "€ 1.240"]
