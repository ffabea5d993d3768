# Files out of the bot: tables, contact attempts and a case on paper.

export-what = What do you want to export?
press-export-xlsx = Cases · Excel
press-export-csv = Cases · CSV
press-export-json = Contact attempts · JSON
press-export-one = One case · PDF
press-export-pdf = Case as PDF
press-export-all = Everything
press-export-make = Make the file
press-export-names = With names and addresses
press-export-no-names = Without names
export-ask-ref = Send <code>/export</code> followed by the case's number, or open the case and choose <i>More</i>.
export-which-period = Of which period? Type another: <code>/export 2027-07-01..2027-08-15</code>
export-quarter = Quarter { $n }, { $year }
export-name-xlsx = Cases (Excel)
export-name-csv = Cases (CSV)
export-name-json = Contact attempts (JSON)
export-period = from { $first } to { $last }
export-period-from = from { $first }
export-period-until = up to { $last }
export-period-all = from the beginning until now
export-holds-no-names = Of each case: number, phase, municipality, dates, open steps, attempts and outcome. No names, addresses or phone numbers.
export-holds-names = ⚠ Of each case also name, phone, address, landlord, amount and worker.
export-holds-attempts = All attempts to reach people: kind, day, part of the day and whether it worked, by case number. No names or addresses. The shape is that of DDAS 0.9 (VNG).
export-holds-case = ⚠ Everything about this case: name, phone, address, what happened and what was said. For whoever takes it over.
export-goes = Only you get the file. It disappears after ten minutes, and it is noted that you asked for it.
export-stays = Only you get the file, and you can keep it. It is noted that you asked for it.
export-count = { $n ->
    [one] 1 case
   *[other] { $n } cases
}
export-gone = You can open the file, but not forward or save it. It disappears, with this message, after ten minutes.
export-kept = There are no names in it. Keep it where the team keeps such files.
export-none = There is nothing in this period.
export-too-many = These are more than { $n } cases: too many for the chat. Choose a shorter period, or ask whoever runs Kier: <code>kier export</code>

# In the tables

export-sheet-cases = Cases
export-sheet-attempts = Contact attempts
export-sheet-about = About this file
export-cases-of = { $n ->
    [one] 1 case
   *[other] { $n } cases
}, reported { $period }
export-made-by = Made on { $day } at { $clock } by { $name }
export-made-here = Made on { $day } at { $clock } on the team's server
export-about-attempts = Reached: the client was spoken to in person. A note, a voicemail or a housemate does not count.
export-open = open
export-closed = closed
export-joined = joined to another case
export-help-yes = accepts help
export-help-no = no help for now
export-by-phone = phone
export-by-visit = home visit
export-by-meeting = meeting
export-by-note = note
export-by-letter = letter
export-by-message = message
export-by-mail = e-mail
export-col-ref = Number
export-col-procedure = Procedure
export-col-state = State
export-col-phase = Phase
export-col-kind = Report
export-col-place = Municipality
export-col-received = Reported
export-col-first-day = Working day 1
export-col-episode = Time round
export-col-crisis = Crisis
export-col-hearing = Hearing
export-col-eviction = Eviction
export-col-served = Served
export-col-steps = Open steps
export-col-deadline = First deadline
export-col-attempts = Attempts
export-col-calls = Calls
export-col-visits = Visits
export-col-notes = Notes
export-col-first-try = First attempt
export-col-reached = Reached
export-col-first-talk = First talk
export-col-help = Help
export-col-outcome = Outcome
export-col-closed = Closed
export-col-check = After three months
export-col-worker = Worker
export-col-client = Name
export-col-phone = Phone
export-col-address = Address
export-col-landlord = Landlord
export-col-amount = Arrears
export-col-date = When
export-col-channel = How
export-col-step = Step
export-col-answer = Answer
export-col-relation = Who reported
export-col-why = Why
export-col-view = What is going on
export-col-text = Story
export-col-reporter = Reported by

# The case on paper

export-file-title = Case { $ref }
export-confidential = confidential
export-page = Page
export-of = of
export-unknown-letters = ▯ stands for a letter that could not be printed. It can be read in the chat.
export-nothing = Nothing.
export-part-stands = Where it stands
export-part-client = The client and the report
export-part-next = What is still to be done
export-part-agreements = Actions and agreements
export-part-tried = Attempts
export-part-story = What happened
export-part-said = What else was said
export-closed-on = closed on { $on }: { $outcome }
export-by = by { $at }
export-from = from { $at }
export-no-date = no date
export-pending = still open
export-tried = { $n ->
    [one] once
   *[other] { $n } times
}, { $reached ->
    [0] not reached
    [one] reached once
   *[other] reached { $reached } times
}
export-files = { $n ->
    [one] One photo, recording or document is in the chat.
   *[other] { $n } photos, recordings or documents are in the chat.
}
