"""Who may learn of the first case, or change anything of it, by each way in.

A way in without a row here fails the test. For whoever is not in its row the first case and one
that does not exist must look alike and cost alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.matrix.cast import Kind

NOBODY: Final = frozenset[Kind]()
ON_CASE: Final = frozenset({Kind.WORKER, Kind.STAND_IN, Kind.COORDINATOR})
COORDINATORS: Final = frozenset({Kind.COORDINATOR})
REPORTER: Final = frozenset({Kind.REPORTER})
TEAM: Final = ON_CASE | {Kind.OTHER_WORKER}

RIGHTS: Final[Mapping[str, frozenset[Kind]]] = MappingProxyType(
    {
        # commands, with and without the case's reference
        "command case": ON_CASE,
        "command cases": ON_CASE,
        "command status": ON_CASE,
        "command today": ON_CASE,
        "command overdue": COORDINATORS,
        "command team": TEAM,
        "command figures": COORDINATORS,
        **dict.fromkeys(("command cijfers", "command chiffres"), COORDINATORS),
        "command export": ON_CASE,
        "command procedure": ON_CASE,
        **dict.fromkeys(("command stappenplan", "command etapes"), ON_CASE),
        "command invite": COORDINATORS,
        "command revoke": COORDINATORS,
        "command who_saw": COORDINATORS,
        "command code": COORDINATORS,
        "command leaflet": TEAM,
        "command away": TEAM,
        "command leave": TEAM,
        "command reports": REPORTER,
        "command report": NOBODY,
        "command about": NOBODY,
        "command support": NOBODY,
        "command language": NOBODY,
        "command settings": TEAM,
        "command help": NOBODY,
        "command start": NOBODY,
        "command cancel": NOBODY,
        # buttons of one's own
        **{
            f"press {verb}": ON_CASE
            for verb in (
                "answer",
                "date",
                "contact",
                "deviate",
                "later",
                "hand_over",
                "change",
                "close",
                "reopen",
                "note",
                "visit",
                "sample",
                "correct",
                "claim",
                "case",
                "step",
                "more",
                "details",
                "why",
                "history",
                "procedure",
                "export",
                "list",
                "pick",
                "done",
                "skip",
            )
        },
        "press claim": NOBODY,
        "press leaflet": TEAM,
        "press extend": COORDINATORS,
        "press tell": COORDINATORS,
        "press lift": COORDINATORS,
        "press take_over": COORDINATORS,
        "press part": COORDINATORS,
        "press figures": COORDINATORS,
        "press who_saw": COORDINATORS,
        "press retain": COORDINATORS,
        "press back": NOBODY,
        "press cancel": NOBODY,
        "press resume": NOBODY,
        "press discard": NOBODY,
        "press report": NOBODY,
        "press change_line": NOBODY,
        "press send": NOBODY,
        "press my_reports": REPORTER,
        "press add": REPORTER,
        "press afterwards": REPORTER,
        "press about": NOBODY,
        "press support": NOBODY,
        "press language": NOBODY,
        "press confirm_member": COORDINATORS,
        "press refuse_member": COORDINATORS,
        "press confirm_group": COORDINATORS,
        "press away": TEAM,
        "press leave_team": COORDINATORS,
        "press my_leave": COORDINATORS | {Kind.WORKER},
        "press absence": ON_CASE,
        "press change_away": COORDINATORS | {Kind.WORKER},
        "press drop_away": COORDINATORS | {Kind.WORKER},
        "press works": COORDINATORS | {Kind.WORKER},
        "press covered": ON_CASE,
        "press hand_on": COORDINATORS | {Kind.WORKER},
        "press accept_stand_in": frozenset({Kind.STAND_IN}),
        "press refuse_stand_in": frozenset({Kind.STAND_IN}),
        "press nothing": NOBODY,
        "press of another's button": NOBODY,
        # in the middle of a conversation
        **{
            f"dialogue {kind}": ON_CASE
            for kind in (
                "answer",
                "change",
                "close",
                "contact",
                "deviate",
                "earlier",
                "hand_over",
                "later",
                "note",
                "visit_time",
                "visit_with",
            )
        },
        "dialogue code": COORDINATORS,
        "dialogue extend": COORDINATORS,
        "dialogue lift": COORDINATORS,
        "dialogue invite": COORDINATORS,
        "dialogue leave_team": COORDINATORS,
        "dialogue away": TEAM,
        "dialogue change_away": TEAM,
        "dialogue works": TEAM,
        "dialogue leaflet": TEAM,
        "dialogue leaving": NOBODY,
        "dialogue report": NOBODY,
        "dialogue add": REPORTER,
        "dialogue support": NOBODY,
        # messages, links, groups
        "message text": ON_CASE | REPORTER,
        "message file": ON_CASE | REPORTER,
        "message contact": NOBODY,
        "message location": NOBODY,
        "message forwarded": ON_CASE | REPORTER,
        "message edited": REPORTER,
        "message reply": ON_CASE | REPORTER,
        "message as a channel": NOBODY,
        "link": NOBODY,
        "channel message": NOBODY,
        "channel press": NOBODY,  # it has a worker: there is nothing to claim
        "channel member": NOBODY,
        "channel migration": NOBODY,
        "channel post": NOBODY,
        "foreign group message": NOBODY,
        "foreign group press": NOBODY,
        "foreign group member": NOBODY,
        "unreadable": NOBODY,
    }
)
