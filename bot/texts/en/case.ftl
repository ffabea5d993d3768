# One case: where it stands, its details, its history, why a step comes now.

workday = Working day { $n } ({ $day })
crisis-mark = ‼️ <b>CRISIS</b>
mark-late = 🔴 <b>Late</b>
mark-last-day = ⏳ <b>Last day</b>
due = Answer by { $at }.
due-passed = 🔴 <b>Late</b>: it was due { $at }.
due-extended = Answer by { $at } (extended; it was { $was }).
due-short = due { $at }
due-late-short = late since { $at }
from-when = from { $at }
by-when = due { $at }
late-since = late since { $at }
asked-at = comes { $at }
fits-not = ⚠ This falls after the hearing or the eviction. See whether it must be sooner.

case-worker = With { $name }
case-no-worker = With nobody yet
case-coming = ◦ { $what }: { $at }
case-closed-now = The case is closed.
case-closed = Closed on { $on }: { $outcome }.
case-no-next = ❔ There is no next step. Choose one, or close.
no-next-step = no next step
next-step = Next: { $what } ({ $when }).
answered-assigned = Assigned to { $name }
answered-taken = { $name } takes the case
answered-to = { $said } · to { $name }
noted-items = { $n ->
    [one] 1 point noted
   *[other] { $n } points noted
}
noted-down = Noted
done-earlier = Done: { $at }. What was the answer?
more-question = <b>What would you like to do?</b>

fact-hearing = Hearing: { $at }
fact-eviction = Eviction at the earliest { $at } – check with the bailiff
fact-served = Judgment served on { $on }: eviction at the earliest { $earliest } – check with the bailiff.

sample = An example, to copy by hand:

# Details

details-client = <b>{ $value }</b>
details-phone = ☎ { $value }
details-address = Address: { $value }
details-landlord = Landlord: { $value }
details-amount = Arrears: { $value }
details-relation = Reporter: { $value }
details-why = Why this report: { $value }
details-view = What is going on: { $value }
details-text = Their story: { $value }
details-reporter = Reported by { $name }
details-tried = <b>Tried so far</b>
details-notes = <b>Notes</b>
details-gone = <i>This message disappears after ten minutes.</i>

# Why now?

why-title = <b>Why now?</b> { $what }
why-report = The report came { $at }.
why-client = The client came back on { $at }.
why-new-threat = The new threat was reported on { $at }.
why-report-short = the report came { $at }
why-client-short = the client came back on { $at }
why-new-threat-short = the new threat was reported on { $at }
why-workday = Working day { $n } is { $day }: { $began }.
why-workday-closed = Working day { $n } is { $day }: { $began }, and { $closed }.
why-closed = { $n ->
    [one] { $days } is a closed day
   *[other] { $days } are closed days
}
why-many-closed = there were { $n } closed days in between
why-due = So it is due { $at }.
why-due-team = So it is due { $at } (the team's agreement).
why-extended = The coordinator extended it to { $at }.

# History

history-title = <b>History</b> ({ $page } of { $pages })
event-answered = { $what }: <b>{ $said }</b>
event-done-at = (done { $at })
event-contact = Client contacted us: <b>{ $said }</b>
event-deviation = Done differently: { $what }
event-worker = To { $name }
event-no-worker = With nobody any more
event-fact = Changed: { $what }
event-phase = Phase: { $before } → { $after }
event-crisis = ‼️ Crisis
event-crisis-ended = Crisis over
event-closed = Closed: { $outcome }
event-opened = Step: { $what }
event-late = 🔴 Late: { $what }
event-extended = Extended: { $what }
event-put-off = Later: { $what }
event-planned = { $what }: <b>{ $at }</b>
event-dated = Date known: { $what }
event-began = Report received
event-joined = Second report
event-gate = On without having spoken to the reporter
event-note = Note
event-restored = Answer taken back
event-told = Worker told: { $what }
told-phase = the phase
told-hearing = the hearing
told-eviction = the eviction
told-served = the judgment
told-crisis = crisis
event-unassigned = 🔴 Not assigned yet
fact-name-hearing = hearing
fact-name-eviction = eviction
fact-name-served = service of the judgment
fact-name-other = facts
details-coming = One moment: the details appear here.
