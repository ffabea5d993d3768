# Words that every screen may need. Short, plain, kind.

refused = That is not possible: it does not exist (any more), or it is for somebody else.
refused-short = That is not possible.
cancelled = Stopped. Nothing has changed.
done = ✓ Done.
no-dialogue = That question has been dealt with. Nothing has changed.
nothing-pressed = This is only a label.
cut-off = … (shortened)
write-something = Please add words or figures, then I can go on.
text-only = I read only text here. What you sent has not been kept.
two-at-once = You were still busy with something else. Go on with that, or throw it away? Then press your button again.

day-today = today
day-tomorrow = tomorrow
now = now
no-date = no date
labelled = { $name }: { $value }
list-and = { $first } and { $last }
page-of = { $page } of { $pages }
and-more = … and { $n } more
late-word = late

# Buttons

press-yes = Yes
press-no = No
press-yes-label = Yes, { $what }
press-done = ✓ Done
press-some-done = ✓ Done: { $n } of { $m }
press-all-done = All done ✓
press-another = Another
press-skip = Skip
press-leave-so = Keep it
press-skip-rest = Skip the rest
press-tick-all = ☑ All
press-back = Back
press-cancel = Cancel
press-resume = Go on
press-discard = Throw away
press-details = Details
press-more = More ▾
press-case = Case
press-back-case = ◂ Case
press-copy = Copy number
press-language = Language
press-away = Enter leave

# Asking facts

ask-first = { $what }. { $label }
ask-known-date =
    { $label }
    The case says: { $at }.
ask-text = What would you like to add?
ask-person = To whom?
ask-moment = When?
ask-day = Which day?
ask-items-action = Which action? Tap one, or type your own.
ask-items-agreement = Which agreement? Type it in one sentence.
who-client = The client
ask-ticks = What has been done?
ask-participants = Who comes, and with which mandate?
ask-choice = Which one?
ask-photo = Photo of the paper
ask-items-who = Who does it?
ask-items-day = By which day?
ask-items-more = Add another?
ask-needed = I need this to go on.
ask-type = Type your answer, or tap a button.
ask-tap = Tap one of the buttons.
ask-blank = Please add words or figures.
ask-too-long = That is too long for one message. Please shorten it; nothing has been cut off.
ask-photo-again = Send a photo, or skip.
number-left-out = I saw a national number or account number. I have left it out and not kept it. I also remove that message from this chat. If it is still there, please delete it.
file-refused = One file for { $ref } was not kept: { $why ->
    [empty] it is empty.
    [large] it is larger than 10 MB.
    [pixels] the picture is too large.
    [full] there are many files already.
    [gone] it could not be fetched any more. Please send it again.
   *[kind] I can keep photos, and PDFs without a password.
 } Everything else has been kept.
details-fetching = { $n ->
    [one] 📎 One file is still being fetched.
   *[other] 📎 { $n } files are still being fetched.
 }
hint-ticks = Tick what has been done, then Done.
hint-participants = One a message, for instance: Jan Peeters, landlord, mandate yes. Then tap Done.
hint-photo = Send a photo of the paper, or skip.
participants =
    So far:
    { $lines }

# Roles

role-worker = worker
role-coordinator = coordinator
role-reporter = reporter
role-actor = whoever answers

# Help

help-title = Hello { $name }. I ask you in time what is to be done; you answer with one tap.
help-worker =
    /today – what is to be done today
    /cases – your cases
    /case K7QM-4T – one case
    /away – leave, with a substitute
    /language – another language
help-note = A photo, voice message or text is kept as a note on a case.
help-coordinator =
    /status – all cases, or /status K7QM-4T
    /overdue – what is late
    /team – who is there, and who leaves
    /invite – invite someone
    /export – cases and attempts as files
