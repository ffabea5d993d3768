# The reporter: what fits in one message, how they are reached, what they add, how it is after three months.

reporter-along = If you can, add: { $what }.
reporter-along-address = the address
reporter-along-phone = the phone number
reporter-along-relation = who you are
reporter-along-why = why you report it now
reporter-along-amount = how much rent is overdue
reporter-along-reach = a number to reach you on
reporter-relation-landlord = landlord
reporter-relation-neighbour = neighbour
reporter-relation-family = family
reporter-relation-friend = friend
reporter-also-noted = Noted.
reporter-button-by-chat = Through this chat
reporter-line-reach = We reach you

# Added: what the worker and the coordinator read

info-added-text = ✉️ <b>The reporter adds something.</b> It is under Details.
info-added-file = ✉️ <b>The reporter sends a file.</b> It is under Details.
info-added-paid = ✉️ <b>The reporter says: the rent has been paid.</b> See what is still needed.
info-added-withdraw = ✉️ <b>The reporter withdraws the report.</b> What is still needed, the team decides.
info-added-hearing = ✉️ <b>The reporter names a hearing</b>: { $at }.
info-added-eviction = ✉️ <b>The reporter names a date of eviction</b>: { $at }.
info-added-other = The case still says: { $at }. Is the new date right? Tap Change.
info-added-after-yes = ✉️ <b>The reporter says, three months on: the tenant still lives there.</b>
info-added-after-no = ✉️ <b>The reporter says, three months on: the tenant no longer lives there.</b>
info-added-after-unknown = ✉️ <b>The reporter does not know how it is three months on.</b>
event-added = Reporter: { $what }
added-text = addition
added-file = file
added-paid = rent paid
added-withdraw = report withdrawn
added-hearing = hearing
added-eviction = date of eviction
added-after-yes = still lives there
added-after-no = no longer lives there
added-after-unknown = does not know how it is now
details-reach = Reach the reporter: { $value }
reach-by-chat = through this chat
press-copy-reach = Copy reporter’s number

# What the reporter reads

reporter-added-text = Added to <code>{ $ref }</code>: your message. Thank you; the team reads it.
reporter-added-file = Added to <code>{ $ref }</code>: your file. Thank you; the team looks at it.
reporter-added-paid = Added to <code>{ $ref }</code>: the rent has been paid. Thank you; we pass it on.
reporter-added-hearing = Added to <code>{ $ref }</code>: hearing { $at }. Thank you; we pass it on.
reporter-added-eviction = Added to <code>{ $ref }</code>: eviction { $at }. Thank you; we pass it on.
reporter-mine-gate = We speak to you ourselves before we do anything.
reporter-after =
    <b>Report <code>{ $ref }</code> of { $day }: does the tenant still live there, as far as you know?</b>
    We ask this once. We cannot tell you anything about the tenant.
reporter-after-thanks = Thank you, we pass it on (<code>{ $ref }</code>). Is something going on again? Then make a new report.
reporter-after-already = You have told us already. Thank you.
reporter-date-sure = <b>{ $date }: is that right?</b>
reporter-album-kept = Your pictures are being added.
reporter-file-begun = Thank you, your file is kept.
