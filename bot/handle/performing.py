"""Acts in people's own words become stimuli: texts are stored first, then the engine decides.

Here stands only who performs which act; how it is done stands with whoever does it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import acts
from bot.conversations.outcome import Outcome
from bot.handle.casework import Casework
from bot.handle.channel import Channel
from bot.handle.codes import Codes
from bot.handle.exporting import Exporter
from bot.handle.keeping import Keeper
from bot.handle.leaves import Leaves
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.handle.reports import Reports
from bot.handle.retention import Keeping
from bot.handle.staff import Staff
from bot.handle.visits import Visits
from scheduler.decision import Refused


class Performer:
    """Performs acts of one person on one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post, keeper: Keeper) -> None:
        """Perform at `desk`."""
        channel = Channel(desk, look, post)
        reports = Reports(desk, look, post, keeper, channel)
        casework = Casework(desk, look, keeper)
        staff = Staff(desk, post, keeper, channel)
        self._codes = Codes(desk)
        leaves = Leaves(desk, look, post)
        visits = Visits(desk, look, post, keeper)
        self._performed_by: Mapping[type, Callable[[Any, int], Outcome]] = {
            acts.FileReport: reports.file_report,
            acts.AddToReport: reports.add_to_report,
            acts.PartReport: reports.part_report,
            acts.AnswerStep: casework.answer_step,
            acts.ClientContact: casework.client_contact,
            acts.Deviate: casework.deviate,
            acts.PutOffStep: casework.put_off,
            acts.ChangeFact: casework.change,
            acts.ExtendStep: casework.extend,
            acts.Lift: casework.lift,
            acts.HandOver: casework.hand_over,
            acts.HandOn: casework.hand_on,
            acts.CloseCase: casework.close,
            acts.ReopenCase: casework.reopen,
            acts.NoteOnCase: casework.note,
            acts.AddDetails: casework.details,
            acts.TellWorker: casework.tell_worker,
            acts.TakeBack: casework.take_back,
            acts.SetLanguage: staff.set_language,
            acts.LeaveTeam: staff.leave_team,
            acts.InvitePerson: staff.invite,
            acts.DecideMember: staff.decide_member,
            acts.ConfirmGroup: staff.confirm_group,
            acts.SetCode: staff.set_code,
            acts.EnterCode: staff.enter_code,
            acts.AskSupport: staff.ask_support,
            acts.SetLeaflet: staff.set_leaflet,
            acts.SetAway: leaves.enter,
            acts.AnswerStandIn: leaves.answer_stand_in,
            acts.ChangeAway: leaves.change,
            acts.DropAway: leaves.drop,
            acts.SetWorks: leaves.works,
            acts.PlanVisit: visits.plan,
            acts.TellVisit: visits.tell,
            acts.Export: Exporter(desk, look).perform,
            acts.KeepLonger: Keeping(desk).perform,
        }
        """Every act but the redeeming of an invitation: `main` does it for who has no role yet."""

    def perform(self, act: acts.Act, by: int) -> Outcome:
        """Return what came of the act. `by` is the person's id (a reporter's is made before)."""
        if self._codes.is_missing(act, by):
            return Refused(reason="needs_code")
        return self._performed_by[type(act)](act, by)
