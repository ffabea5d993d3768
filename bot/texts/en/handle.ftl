# What the main path says itself: repeated and stale messages, alarms, leave.

again = (again)
already-answered = That button belongs to a question that has been answered. Nothing has changed.
edited = I do not read a changed message again. Send it as a new message and I will take it in.
prompt-over = This question is no longer open.
prompt-moved = This question is now with { $name }.

missed = I was away for a while. { $n } messages from then, by case:

alarm-not-deleted = I could no longer delete a message with personal details (older than 48 hours). Ask whoever got it to delete it.
alarm-not-deleted-channel = There may be something personal about a client in the channel, and I am not allowed to delete it. Ask whoever wrote it to do so, or make me an administrator who may delete messages.
alarm-not-deleted-of = I could no longer delete a message with personal details of { $ref } (older than 48 hours). Ask { $name } to delete it.
flood = That is a lot of messages at once. I will read on in a minute; what was in your report already is still there.
alarm-dead-letters = There are { $number } messages that I could not read. They are kept. Ask whoever runs Kier to look at them: kier doctor.
alarm-guessing = { $name } asked { $number } times in an hour for a case that is not there or not theirs. For an hour I look up no reference for them. Is it a mistake? Then it passes by itself. If not: /team takes somebody off the team at once.
alarm-dead-letter = There is a message that I could not process (no. { $number }). It is kept. Ask whoever runs Kier to look at it: kier doctor.
alarm-invite-burnt = The invitation for { $name } was shown in a group and no longer counts. Make a new one with /invite.
alarm-undelivered = { $name } did not get a message about <code>{ $ref }</code>: the chat is closed or blocked. Reach them yourself, or hand the case over.
alarm-perhaps-undelivered = It is not certain that { $name } got a message about <code>{ $ref }</code>. Please ask them.
alarm-stand-in-refused = The stand-in asked for { $name } cannot do it. Choose someone else with /away.
alarm-assigned = <code>{ $ref }</code> was assigned to { $name }.
alarm-inbox-behind = Messages that I was given have been waiting since { $since }. They are kept, and nobody needs to send anything again. Please ask whoever runs Kier to look: kier doctor.
alarm-prompts-behind = Since { $since } I have been behind with questions that were due. They will still come, later. Meanwhile, look at /today for what is urgent, and ask whoever runs Kier to look: kier doctor.
alarm-unsent = Since { $since } messages of mine did not leave in time: Telegram was out of reach or too slow. They will still come, each once. Look at /today for what is urgent. Is it still going on? Please ask whoever runs Kier to look: kier doctor.
alarm-backup-old = The last backup is of { $since }. Everything else goes on as usual. Please ask whoever runs Kier to look: kier doctor.
alarm-disk-low = The disk on which I keep things is nearly full. Everything still works. Please ask whoever runs Kier to make room this week: kier doctor.

stand-in-ask = { $name } is away from { $from } up to and including { $to } and asks you to stand in. Can you?
stand-in-yes = Yes, I stand in
stand-in-no = No, I cannot
stand-in-accepted = { $name } stands in for you.
stand-in-refused = { $name } cannot stand in for you. While there is nobody, your questions go to the coordinator.

support-request = { $name } asks for support for their own organisation: “{ $text }”

command-report = Make a report
command-reports = My reports
command-today = What there is to do today
command-cases = My cases
command-status = How things stand
command-away = Enter leave
command-language = Another language
command-help = Help

intake-client = Who is it about?
intake-address = At which address?
intake-phone = At which number can they be reached?
intake-text = What is going on?
