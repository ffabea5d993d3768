# What any screen may need, whichever step or role.

call-wanted = 📞 The client asked to be phoned now.
needs-worker = ➡️ <b>This case needs someone.</b>
told-date = { $what }: { $at }
answered-item = { $said }: { $item }
nudge-over = { $what }: answered
press-copy-phone = Copy phone
said-reason = Reason: { $text }
said-deviation = Done differently: { $text }
said-participants = At the table: { $text }
said-added = From the reporter: { $text }
cannot-too-late = Too late to correct: something has followed, or it was more than a day ago. Nothing has changed. Note or Done differently puts it right.
answered-by = That button belongs to a question that { $name } answered { $at } ({ $said }). Nothing has changed.
answered-by-you = You answered that question { $at } ({ $said }). Nothing has changed.
info-handed-over-you = ➡️ <b>This case is with you now.</b>
event-phase-first = Phase: { $after }
details-no-phone = ☎ No number known
help-more =
    /settings – language, leave and working days
    /leave – leave the team
