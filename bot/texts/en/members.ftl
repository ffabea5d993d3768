# Leave, working days, standing in and leaving.

cover-title = <b>Who is there then:</b>
cover-yes = { $days }: { $name }
cover-chain-away = { $days }: { $name }, as { $who } is away then too
cover-chain-off = { $days }: { $name }, as { $who } does not work then
cover-gap-away = { $days }: <b>nobody</b>, as { $who } is away then too
cover-gap-off = { $days }: <b>nobody</b>, as { $who } does not work then
cover-missed = <b>You stand in for { $name } then.</b> On those days it is now:
cover-missed-chain = { $days }: { $name }
cover-missed-gap = { $days }: <b>nobody</b>

leave-works = <b>{ $name }</b> works: { $days }.
leave-planned = Planned leave:
leave-planned-none = No leave is planned.
leave-one = <b>Leave of { $name }</b>: { $days }
leave-one-accepted = { $name } stands in.
leave-one-asked = { $name } has been asked to stand in.
leave-one-nobody = There is no substitute: questions go to the coordinator.
press-away-stand-in = Another substitute
press-away-to = Another last day
press-away-drop = Cancel this leave
press-away-back = Back today
press-my-leave = My leave
press-works = Working days
press-leave-of = { $name } · leave, days
done-away-changed = ✓ <b>Changed.</b>
done-away-dropped = ✓ <b>That leave is cancelled.</b> Whoever was to stand in knows.
done-away-back = ✓ <b>Welcome back.</b>
stand-in-off = You need not stand in for { $name } any more ({ $days }).
stand-in-until = The leave of { $name } has changed: { $days }.

top-works = Working days of { $name }
ask-works = Which days are working days?
ask-works-hint = Tap days on or off, then Done.
works-none = At least one day is needed. Nothing has changed.
works-all = every working day of the team
done-works = ✓ <b>{ $name } now works on</b>: { $days }.

brief = You stand in for { $name } until { $last } · { $n ->
    [0] no open cases
    [one] 1 case
   *[other] { $n } cases
}
brief-open = You stand in for { $name } · { $n ->
    [0] no open cases
    [one] 1 case
   *[other] { $n } cases
}
back = Welcome back, { $name }.
back-since = This happened since { $since }:
back-nothing = Nothing has happened in your cases since { $since }.
back-more = … and { $n } more before
back-quiet = Nothing happened in: { $refs }

press-hand-on = Cases one by one
hand-on = <b>Cases of { $name }</b> · { $n ->
    [0] this is the last
    [one] 1 more after this
   *[other] { $n } more after this
}
hand-on-ask = <b>Who takes this case over?</b>
hand-on-nobody = <b>There is nobody to give this case to.</b>
press-hand-on-assign = To the coordinator
hand-on-done = ✓ To { $name }

invite-qr = Scan this with the other phone's camera: the invitation for { $name }.
