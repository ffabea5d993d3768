# What a worker is asked and does.

repeat-later = 🔁 You asked to have this repeated now.
repeat-again = 🔁 Again, since the last answer was taken back.
repeat-hand-over = ➡️ This question is for you now.
nudge = ⏰ <b>No answer yet to <i>{ $what }</i>.</b>
nudge-soft = ⏰ <b>{ $what }: as soon as possible is best.</b>

press-fill-in = Fill in…
press-fill-in-date = Fill in the date…
press-add-item = Add…
press-contact = Client contacted us
press-deviate = Done differently
press-later = Later
press-hand-over = Hand over
press-change = Change
press-why = Why now?
press-note = Note
press-history = History
press-close = Close
press-reopen = Reopen
press-correct = Correct
press-correct-last = Correct the last answer
press-earlier = Done earlier…
press-withdrawn = Withdrawn
press-change-phase = Phase
press-change-hearing = Hearing
press-change-eviction = Eviction
press-change-served = Service of judgment
press-change-crisis = ‼️ Crisis

top-contact = Client contacted us
top-deviate = Done differently
top-later = Later
top-hand-over = Hand over
top-change = Change
top-close = Close
top-away = Leave
top-away-from = Leave · from { $first }
top-away-days = Leave · { $days }

ask-item = Which one is it about?
ask-checklist = What has been done?
ask-window-reason = That is later than the plan. What is the reason?
ask-done-at = When was it?
ask-did = What did you do instead?
ask-reason = Why?
ask-deviation-done = Is the step done by this? If not, the step and its deadline stay.
ask-later = When may I ask again?
later-over = The deadline of this question has passed: it can no longer be asked later. The coordinator can extend it.
ask-hand-over = To whom do you hand over?
ask-change = What changes?
ask-change-phase = Which phase? Now: { $now }
ask-change-hearing = When is the hearing?
ask-change-eviction = For when is the eviction announced?
ask-change-served = When was the judgment served?
ask-outcome = How does the case end?
ask-close-note = { $outcome }. Would you like to add something?
close-pending = { $n ->
    [one] 1 action or agreement is still open.
   *[other] { $n } actions or agreements are still open.
}
ask-note = Write your note, or send a photo or voice message.
hint-note = This helps: what happened, when, and what was agreed. No medical details.
loose-which = <b>On which case shall I keep this as a note?</b> To answer a question, tap a button under it.
loose-text = I do not know where this belongs: you have no open cases. /help tells what you can ask.
text-only-note = A note is text, a photo, a document or a voice message. This has not been kept.

ask-away-who = Who is away?
ask-away-from = From which day?
ask-away-to = Up to and including which day?
ask-away-stand-in = Who stands in?
away-backwards = The last day comes before the first. Nothing has been kept; try again with /away.
away-overlaps = There is leave on one of those days already: { $days }. Nothing has been kept. Tap it to change it, or choose other days with /away.

done-joined = ✓ <b>{ $ref } is about { $known }</b>
done-contact = ✓ <b>Client contacted us: { $said }</b>
done-deviate = ✓ <b>Done differently</b>: { $what }
deadline-stands = The deadline stays { $at }.
done-later = ✓ <b>I will ask again</b>: { $what }, { $at }.
done-hand-over = ✓ <b>Handed over to { $name }</b>
done-take-over = ✓ <b>This case is with you now</b>
done-phase = ✓ <b>Phase</b>: { $before } → { $after }
done-hearing = ✓ <b>Hearing</b>: { $at }
done-hearing-withdrawn = ✓ <b>Hearing withdrawn</b>
done-eviction = ✓ <b>Eviction</b>: at the earliest { $at } – check with the bailiff
done-eviction-withdrawn = ✓ <b>Eviction withdrawn</b>
done-served = ✓ <b>Judgment served</b>: { $on }. Eviction at the earliest { $earliest } – check with the bailiff.
done-crisis = ✓ <b>Crisis</b>: all messages are marked from now on.
done-close = ✓ <b>Closed</b>: { $outcome }
done-reopen = ✓ <b>Reopened</b>
ask-followup = Anything to note with it? One message is enough.
hint-followup = Tick, then Done. Or type it in one message.
followup-skipped = Fine, nothing to add.
done-details = ✓ <b>Noted</b>
done-note = ✓ <b>Note kept</b>
done-correct = ✓ <b>Taken back</b>. All is as it was before.
done-away = ✓ <b>{ $name } is away</b> from { $first } up to and including { $last }.
done-away-asked = { $name } is asked to stand in.
done-stand-in-yes = ✓ <b>You stand in for { $name }</b>: { $days }. Thank you.
done-stand-in-no = All right, you do not stand in. That has been passed on.
done-away-nobody = Without a substitute, questions go to the coordinator.

cannot-no-such-step = That step is no longer open. Nothing has changed.
cannot-no-such-answer = That answer does not fit this question. Nothing has changed.
cannot-past-deadline = That moment lies after the deadline. Nothing has changed; the coordinator can extend it.
cannot-needs-to = Choose to whom first.
cannot-needs-when = This needs a day and time.
cannot-no-crisis = This can only be done in a crisis.
cannot-closed = This case is closed. Nothing has changed.
cannot-open = This case is open already. Nothing has changed.
cannot-no-gate = There is nothing to lift here.
cannot-in-past = That moment has passed. Nothing has changed.
cannot-no-such-item = That action or agreement has been dealt with.
cannot-unknown-fact = I do not know that fact.
cannot-bad-outcome = That outcome does not belong to this procedure.
cannot-last-coordinator = This is the last coordinator. Make someone else coordinator first.
cannot-taken = Somebody else was just ahead of you. Nothing has changed.
cannot-stand-in-absent = That substitute is away too. Choose someone else.

info-appointment = 📅 <b>Coming up</b>: { $what }, { $at }.
info-hearing = ⚖️ <b>Hearing</b>: { $at }.
info-eviction = 🏠 <b>Eviction</b> at the earliest { $at } – check with the bailiff.
info-crisis-status = { $days ->
    [0] <b>The eviction is today</b> ({ $at }).
    [one] <b>1 day left</b> until the eviction ({ $at }).
   *[other] <b>{ $days } days left</b> until the eviction ({ $at }).
}
info-crisis-undated = No eviction date is known.
info-crisis-began = <b>This case is in crisis now.</b>
info-second-report = ✉️ <b>A second report came in</b> about this household. The clock runs on as before.
info-handed-over = ➡️ <b>This case is with { $worker } now.</b>
info-closed = ✓ <b>Closed</b>: { $outcome }.
info-reopened = ↩️ <b>Reopened</b>, with { $worker }.
info-postponed = 📅 <b>Postponed</b> to { $at }.
info-changed-phase = ➡️ <b>The phase is now</b> { $phase }.
info-changed-hearing = ⚖️ <b>The hearing is now</b> { $at }.
info-changed-hearing-none = ⚖️ <b>The hearing is off.</b>
info-changed-eviction-none = 🏠 <b>The eviction is off.</b>
info-changed-crisis = <b>This case is in crisis now.</b> See what must go faster today.
info-other = ℹ️ { $what }
