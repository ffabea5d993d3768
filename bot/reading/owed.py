"""What a reporter says is owed: euros or months, never the rent itself."""

import re
from typing import Final

from bot.reading.amounts import Amount, find_amounts, read_amount
from bot.reading.page import BLANK, Found, Labelled, Page, Question
from bot.reading.telling import is_sentence
from bot.reading.words import flatten

_ARREARS: Final = re.compile(
    r"achterst\w*|achter\b|betaal\w*|pai[es]\w*|paye\w*|huurschuld|schuld|onbetaald\w*"
    r"|openstaand\w*|niet betaald"
    r"|huur\b|arrears|behind|unpaid|owe[sd]?\b|rent\b|due\b|arrieres?|impayes?|retard|loyers?"
    r"|doit\b|dette"
)
_RATE: Final = re.compile(
    r" ?(?:per maand|/ ?(?:maand|m\b|mois|month)|p/?m\b|maandelijks|par mois|per month|a month"
    r"|monthly|elke maand|chaque mois)"
)
_NOT_OWED: Final = re.compile(
    r"waarborg|borg\b|huurprijs|inkomen|leefloon|uitkering|loon\b|deposit|income|caution|revenu"
    r"|garantie|salaire"
)
_NO_ARREARS_MONTHS: Final = re.compile(r"\b(?:over|binnen|in|within|dans|contract\w*) $")
BY_NOW: Final = re.compile(
    r"(?<!\w)(?:(?:nu|al|reeds|ondertussen|intussen|inmiddels|now|already|maintenant|deja"
    r"|ongeveer|bijna|about|almost|environ|presque) )+$"
)
"""What leads to the months of arrears, and belongs to nothing before them."""
_CLAUSE_END: Final = re.compile(r"[\n;!?()]|[.,] |[.,]$")


def amount_owed(page: Page, labels: dict[str, list[Labelled]]) -> Found[Amount] | None:
    """Return what is owed, covered on the page; None, and asked, when sums could be meant."""
    for label in labels.get("amount", []):
        read = read_amount(label.value)
        if isinstance(read, Amount):
            page.cover(label.start, label.end)
            return Found(value=read, start=label.start, end=label.end)
    flat = flatten(page.rest)
    euros: list[Found[int]] = []
    months: list[Found[int]] = []
    for one in find_amounts(page.rest):
        clause, before = _clause(flat, one.start, one.end)
        if one.amount.cents is not None and not _RATE.match(flat, one.end):
            if not _NOT_OWED.search(clause):
                euros.append(Found(value=one.amount.cents, start=one.start, end=one.end))
        elif one.amount.months is not None:
            now = BY_NOW.search(before)
            rest = clause.removeprefix(before).removeprefix(flat[one.start : one.end])
            # "Achterdorp, nu 4 maanden" tells of no more than that; "woont er nu 4 maanden" does
            told = rest.strip(BLANK) or (is_sentence(before) if now else before.strip(BLANK))
            said = _ARREARS.search(clause) and not _NO_ARREARS_MONTHS.search(before)
            if not told or said:
                start = one.start - len(now[0]) if now else one.start
                months.append(Found(value=one.amount.months, start=start, end=one.end))
        page.cover(one.start, one.end)
    return _one_amount(page, _meant(flat, euros), months)


def _clause(flat: str, start: int, end: int) -> tuple[str, str]:
    """Return the clause around a place, and what of it stands before the place."""
    begin = max((match.end() for match in _CLAUSE_END.finditer(flat, 0, start)), default=0)
    after = _CLAUSE_END.search(flat, end)
    return flat[begin : after.start() if after else len(flat)], flat[begin:start]


def _meant(flat: str, euros: list[Found[int]]) -> list[Found[int]]:
    """Return the sums whose clause speaks of arrears, where only some do."""
    owed = [
        one
        for one in euros
        if re.search(
            r"achterst|schuld|arrear|arriere|impaye|behind|owe",
            _clause(flat, one.start, one.end)[0],
        )
    ]
    return owed or euros


def _one_amount(
    page: Page, euros: list[Found[int]], months: list[Found[int]]
) -> Found[Amount] | None:
    if len({one.value for one in euros}) > 1 or len({one.value for one in months}) > 1:
        page.ask(Question.SEVERAL_AMOUNTS)
        return None
    both = [*euros, *months]
    if not both:
        return None
    amount = Amount(
        cents=euros[0].value if euros else None, months=months[0].value if months else None
    )
    return Found(
        value=amount,
        start=min(one.start for one in both[:1] + months[:1]),
        end=max(one.end for one in both[:1] + months[:1]),
    )
