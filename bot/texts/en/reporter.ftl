# What a reporter reads. Short, kind, without judging tenant or landlord.

reporter-welcome =
    <b>Hello. This is the reporting line of { $team }.</b>
    Are you worried about a tenant who may lose their home? Tell us in one message, in your own words, or let the questions guide you.

    Please give no medical or other very personal details. Only the team sees what you write; Telegram chats are not fully encrypted.
reporter-way =
    <b>Make a report</b>
    Tell us in one message, in your own words, or let the questions guide you.
reporter-button-free = I'll write it myself
reporter-button-guided = Ask me the questions
reporter-button-about = About this line
reporter-button-mine = My reports
reporter-button-support = Support for my organisation
reporter-button-new = New report
reporter-button-back = Back
reporter-button-skip = I don't know
reporter-button-keep = Keep it
reporter-button-cancel = Cancel
reporter-button-send = ✓ Send
reporter-button-resume = Go on
reporter-button-discard = Throw away
reporter-button-add-waiting = Yes, add it
reporter-button-copy = Copy number
reporter-button-add = Add something
reporter-button-add-to = Add to { $ref }
reporter-yes = Yes
reporter-no = No

reporter-invited-only =
    Hello. This is the reporting line of { $team }. Only people invited by the team can report here. Did you get an invitation? Then open the link in it.
reporter-phone-line = Is it urgent? Call us on { $phone }.
reporter-about =
    <b>The reporting line of { $team }</b>
    Here you tell us that someone may lose their home. The team seeks contact and thinks along, with tenant and landlord.
reporter-about-privacy =
    <b>What happens with what you write?</b>
    Only the team sees it. We keep it no longer than needed. Telegram chats are not fully encrypted: please give no medical details, no national number and no account number.

reporter-free =
    <b>Tell us in one message.</b>
    Who is it about, where do they live, at which number can they be reached, and what is going on? This helps too: since when, how much is owed, and whether there is a hearing or eviction date. I ask afterwards for what is missing.
reporter-write = Please write it in a few words, so that I can read it.
reporter-which-procedure = <b>What is it about?</b> Choose what fits best.
reporter-procedure-ravels = Rent arrears or a letter from the court
reporter-procedure-eropaf = Another worry about someone's home
reporter-which-report =
    <b>Is this a new report?</b>
    Or does your message belong to a report that you made before?

reporter-place = Question { $n } of { $m }
reporter-ask-kind = What kind of message is it?
reporter-ask-consent = Does the landlord agree that the social service is told of this?
reporter-choose = Please tap one of the answers.
reporter-required = We cannot begin without this. What you know is enough.
reporter-too-long = That is longer than fits ({ $n } characters, there is room for { $max }). I kept nothing of it. Can you say it shorter?
reporter-story-full = There was no room for that last message: the report is very long already. What you wrote before is still there. Can you say it shorter?
reporter-many = You sent many reports within the hour; we read them all. This one is ready: tap Send again a little later.
reporter-many-call = Is it urgent? Call { $phone }.
reporter-several = I read more than one tenant or address. One report is about one household. Who is this one about? Make a new report for the others afterwards.
reporter-noted = Noted: { $value }.

reporter-phone-not_a_number = I cannot read that as a telephone number. Write the number only, for example 0470 12 34 56.
reporter-phone-letters = There are letters in it. Write the number only, for example 0470 12 34 56.
reporter-phone-too_short = That number is too short. Can you check it?
reporter-phone-too_long = That number is too long. Can you check it?
reporter-phone-premium = That is a premium-rate number; we do not call those. Do you have another number?
reporter-amount-unclear = I cannot read that amount in one way only. Write for example “1240 euro” or “2 months”.
reporter-amount-which = <b>{ $n }: euros or months?</b>
reporter-date-which = <b>Which day do you mean?</b>
reporter-date-none = <b>“{ $typed }” does not exist. Do you mean:</b>
reporter-date-unclear = I cannot read that date. Write for example “7 October” or “Thu 7 Oct 10:00”.
reporter-date-past = <b>{ $date } is in the past. Is that right?</b>
reporter-date-moved = <b>That time does not exist, because the clocks change. Do you mean { $date }?</b>

reporter-understood = Thank you. This is what I understood. Tap a line to change it.
reporter-correct = <b>Is this right?</b>
reporter-files = Attached: { $n ->
    [one] 1 file
   *[other] { $n } files
 }.
reporter-files-offer = A letter? You can send a photo or PDF of it.
reporter-line-kind = Message
reporter-line-consent = Landlord agrees
reporter-line-client = Tenant
reporter-line-address = Address
reporter-line-phone = Phone
reporter-line-amount = Amount
reporter-line-relation = You
reporter-line-text = Your story
reporter-line-why = Why now
reporter-line-view = What is going on
reporter-line-hearing = Hearing
reporter-line-eviction = Eviction date
reporter-not-known = not known
reporter-months = { $n ->
    [one] 1 month
   *[other] { $n } months
 }
reporter-still-missing = Something is still missing before we can send it.
reporter-sent = ✓ Sent. Thank you.
reporter-cleared = I delete what you wrote from this chat; the team has it.
reporter-not-sent = I could not send that. What you wrote is still there; please try again later.

reporter-resume = <b>You were making a report ({ $client }).</b> It has not been sent yet.
reporter-resume-waiting =
    <b>You were making a report ({ $client }).</b>
    Is the message you just sent about it?
reporter-without-name = no name yet
reporter-discarded = All right, nothing was sent and nothing kept. You can begin again at any time.
reporter-draft-expired = Your previous report was not sent within three days and has been erased.
reporter-no-draft = That report has already been sent or thrown away. Nothing has changed.
reporter-old-question = That question has already been answered. Nothing has changed.

reporter-file-kept = The file was added.
reporter-file-kind = I cannot keep a file like that. Please send a photo or a PDF.
reporter-file-empty = That file is empty. Could you send it again?
reporter-file-large = That file is too large (more than 10 MB). Please send a photo or a smaller PDF.
reporter-files-full = There are { $max } files with this report already. That is enough to begin with.
reporter-text-only = I cannot read that and did not keep it. Please write it as text, or send a photo or PDF.
reporter-contact = I do not keep a shared contact. Please type the telephone number, so that I am sure what you mean.

reporter-receipt =
    <b>Your report was received</b>, { $day } at { $clock }, number <code>{ $ref }</code>.
reporter-mine = <b>Your reports</b>
reporter-mine-line = <code>{ $ref }</code> · { $status }
reporter-status-received = received
reporter-status-worked-on = being worked on
reporter-status-closed = closed
reporter-none = You have not made a report yet.

reporter-add =
    <b>Add to <code>{ $ref }</code></b>
    Write what you want to add, send a photo or PDF, or choose:
reporter-add-closed = The report <code>{ $ref }</code> is closed. Is something going on again? Then please make a new report.
reporter-add-eviction = <b>When is the eviction?</b>
reporter-add-hearing = <b>When is the hearing?</b>
reporter-button-add-paid = The rent was paid
reporter-button-add-eviction = Eviction date
reporter-button-add-hearing = Hearing date
reporter-button-add-withdraw = Withdraw the report
reporter-sure-paid = <b>The rent of report <code>{ $ref }</code> was paid?</b> The team then looks at what is still needed.
reporter-sure-withdraw = <b>Withdraw report <code>{ $ref }</code>?</b> The team decides what is still needed.
reporter-withdrawn = We pass on that you withdraw <code>{ $ref }</code>. The team decides what is still needed.
reporter-nothing-changed = All right, nothing has changed.

reporter-support = <b>Write in one message what you want to ask</b> and how we can reach you.
reporter-support-passed = Thank you. We passed on your question; you will hear from us.
