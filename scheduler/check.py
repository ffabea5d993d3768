"""stub for minutes"""

from collections.abc import Sequence
from scheduler.problems import Problem
from scheduler.procedure import Procedure


def check(procedure: Procedure, languages: Sequence[str]) -> tuple[Problem, ...]:
    """Later."""
    return ()


def check_parts(procedure: Procedure, languages: Sequence[str]) -> tuple[Problem, ...]:
    """Later."""
    return ()
