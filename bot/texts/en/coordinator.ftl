# What a coordinator is told and decides.

new-report = <b>New report</b> · { $ref }
assign-added = ✉️ From the reporter: { $what } ({ $at }).
first-workday = working day 1 is { $day }
via = via { $who }
reporter-role-social-landlord = the housing company
reporter-role-rental-agency = the rental agency
reporter-role-landlord = the landlord
reporter-role-neighbour = a neighbour
reporter-role-family = family
reporter-role-friend = a friend
reporter-role-care = a care professional
reporter-role-social-work = a social worker
reporter-role-bailiff = the bailiff
reporter-role-lawyer = a lawyer
reporter-role-police = the police
reporter-role-school = the school
reporter-role-tenant = the tenant
reporter-role-other = someone else
phase-short = phase { $n }
note-soon = ⚠ There is a hearing on or before working day 5.
likeness = ⚠ Perhaps a known case: { $ref }, { $state }{ $outcome }, { $worker }
likeness-worker = worker: { $worker }
likeness-not-yet = not assigned yet
likeness-nobody = never assigned
likeness-open = still open
likeness-closed = closed { $on }
load = { $n ->
    [0] no cases
    [one] 1 case
   *[other] { $n } cases
}
knows-household = knows the household
is-away = away
press-someone-else = Someone else…
press-known = Known: { $ref } · { $worker }
press-new-household = New case
ask-known-to-whom = Who takes it? First see whether the case is known.
ask-known = New or known case?

alert-late = 🔴 <b>No answer yet from { $worker } to <i>{ $what }</i></b>. It was due { $due }.
alert-late-own = 🔴 <b>No answer yet to <i>{ $what }</i></b>. It was due { $due }.
alert-unassigned = 🔴 <b>Working day 1 is over and nobody has this case yet.</b>
alert-not-reached = 🔴 <b>{ $what }: still not reached.</b> I do not ask again; what now?
alert-answered = 🔴 <b>{ $what }: { $said }.</b> The step stays open; what now?
alert-crisis-began = <b>This case is in crisis now.</b>
alert-left = 🔴 <b>The worker has left.</b> This case needs someone.
alert-open-now = Open now: { $what }.
press-answer-for = Fill in the answer
press-extend = Extend with reason
press-tell = Tell { $name } now
done-told = ✓ <b>{ $name } has been told</b>
done-told-later = ✓ <b>{ $name } will read it { $at }</b>
press-take-over = Take over
press-lift-crisis = No crisis any more
press-lift-gate = Go on without the reporter
press-part = Separate the one of { $at }

top-extend = Extend
top-lift = The coordinator's decision
top-invite = Invite someone
top-leave-team = Leaving the team
ask-extend = What is the new deadline?
ask-lift-gate = Why may it go on before the reporter has been spoken to?
ask-lift-crisis = Why is the crisis over?
ask-invite-name = What is this person's name?
ask-invite-role = In which role?
ask-leave-team = { $n ->
    [0] Has { $name } left the team?
    [one] Has { $name } left the team? The one open case comes back to be assigned.
   *[other] Has { $name } left the team? The { $n } open cases come back to be assigned.
}
done-extend = ✓ <b>Extended</b>: { $what }, until { $at }.
done-lift-gate = ✓ <b>On without having spoken to the reporter</b>
done-lift-crisis = ✓ <b>No crisis any more</b>
done-part = ✓ <b>That report is now a case of its own</b>
done-leave-team = ✓ <b>{ $name } has left the team.</b> Open cases come back to be assigned.
done-invite = ✓ <b>Invitation for { $name }</b> ({ $role }). It works once; you confirm who opens it.
invite-link = { $link }
invite-code = Or have this person send me: <code>/start { $code }</code>
press-open-link = Open
press-copy-invite = Copy invitation

list-today = Today: { $n }
list-today-empty = Nothing to do. Enjoy the quiet.
list-cases = Your cases: { $n }
list-cases-empty = You have no cases now.
list-status = Cases: { $n }
list-status-empty = There are no open cases.
list-overdue = Late: { $n }
list-overdue-empty = Nothing is late.
list-team = Team: { $n }
list-absent = Away: { $n }
list-absent-empty = Nobody has entered leave.
soon-hearing = hearing { $at }
soon-eviction = eviction { $at }
press-list-today = Today
press-list-cases = My cases
press-list-status = Status
press-list-overdue = Late
press-list-team = Team
press-list-absent = Who is away?
press-leave-team = { $name } leaves…
invited = invited
away-today = away today
leave-covered = { $days }, substitute: { $who }
leave-asked = { $days }, asked to stand in: { $who }
leave-nobody = { $days }, no substitute

digest-coordinator = { $day } · { $n ->
    [one] 1 case wants attention
   *[other] { $n } cases want attention
}
digest-well = { $day } · all on schedule
digest-none = { $day } · no open cases
digest-worker = { $day } · { $n ->
    [one] 1 question waits for you
   *[other] { $n } questions wait for you
}
digest-today = Today: { $who }.
asked-of = { $n ->
    [one] 1 question to { $name }
   *[other] { $n } questions to { $name }
}
digest-absent = { $name } is away (substitute: { $who }).
digest-absent-nobody = { $name } is away, without a substitute: questions come to you.

channel-claim = Who takes this case?
press-claim = I take it
channel-assigned = is for { $name } · { $at }
channel-taken = { $name } takes it · { $at }
