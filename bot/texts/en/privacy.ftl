# How long what is personal is kept, and who looked at it: for coordinators.

retention-soon = { $n ->
    [one] The personal details of one case will be erased soon:
   *[other] The personal details of { $n } cases will be erased soon:
}
retention-goes = Gone then, for good: names, addresses, phone numbers, what people said, and files.
retention-stays = What stays: the case's number, its steps, their times, and the figures.
retention-longer = Do you need one longer? Tap its number.
retention-why = Why do you need <code>{ $ref }</code> longer? It is then kept for { $months } more months, and your reason is written down.
press-retain-court = A court case
press-retain-complaint = A complaint
press-retain-contact = We are still in contact
retention-kept = <code>{ $ref }</code> is kept until { $on }. That, and why, is written down.
retention-cannot = That is not possible: this case is open, or was erased already.
saw-ask-ref = Of which case? Send <code>/who_saw</code> followed by its number.
saw-title = Who looked at it, latest first:
saw-nobody = Nobody yet.
saw-server = on the server
saw-gone = someone who left
saw-details = saw the details
saw-refused = tried, and was refused
saw-export-names = exported it with names
saw-export-case = exported it as a file
saw-person-export = exported it for the person concerned
saw-person-erase = erased it at the person's request
saw-erased = erased: the term was over
saw-kept-court = keeps it longer: a court case
saw-kept-complaint = keeps it longer: a complaint
saw-kept-contact = keeps it longer: still in contact
saw-other = something else
help-who-saw = /who_saw K7QM-4T – who looked at a case
person-third-parties = What people wrote may be about others too: read it all, and take out what is theirs, before you hand it over.
