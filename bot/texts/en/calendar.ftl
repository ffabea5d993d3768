# Dates: the small calendar, what is typed, and what goes to a phone's own calendar

press-no-time = Time not known yet
date-other = Another day…
date-other-time = Another time…
date-yes = ✓ Yes
date-right = { $date } – is that right?
date-closed = { $date } (the team does not work then)
date-noted = Noted: { $date }.
date-workday = Working day { $n } · { $day }
date-not-offered = Not that day. Needed all the same? Then type it.
date-no-such-day = <code>{ $typed }</code> does not exist. Do you mean:

ask-date-again = Tap a day, or type the date.
ask-date-unreadable = I cannot read that date.
ask-date-no-such-time = That time does not exist.
ask-date-weekday-differs = That weekday and that date do not belong together. Which do you mean?
ask-date-year = That year is too far away. Do you mean:
ask-date-which = Which do you mean?
ask-date-past = That lies in the past. Is it right?
ask-date-ahead = That is still to come. When was it?
ask-date-moved = The clock changes then. Is this time right?

hint-moment = Tap a day, or type for instance: tomorrow 2pm.
hint-day = Tap a day, or type for instance: Thu 7 Oct.
hint-time = <b>{ $day }: at what time?</b>
hint-typed-time = <b>{ $day }</b>: type the time, for instance 14:15.
reporter-hint-day = Tap a day, or write for example “Thu 7 Oct 10:00”.
reporter-hint-time = { $day }: at what time? Tap it, or write it.

# The file for a phone's own calendar

ics-hearing = hearing
ics-eviction = eviction
ics-new = 📅 { $ref } · <b>{ $what }</b> · { $at }. Open the file to put it in your calendar.
ics-moved = 📅 { $ref } · <b>{ $what }</b> is now { $at }. Open the file to put your calendar right.
ics-gone = 📅 { $ref } · <b>{ $what }</b> of { $at } is no longer yours. Open the file, or take it out of your calendar.
ics-cancelled = Cancelled: { $what }
