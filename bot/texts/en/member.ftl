# What members and newcomers read.


member-help =
    <b>What can you do here?</b>
    Just write what is going on, and your report begins.
    /report – make a report
    /reports – your reports
    /about – about this line
    /language – another language
    /settings – settings
member-button-report = Make a report
member-button-away = I am away
member-settings =
    <b>{ $name }</b> · { $role }
    Language: { $tongue }
member-settings-reporter = Language: { $tongue }

member-language =
    <b>Which language?</b> · Welke taal? · Quelle langue ?
member-language-set = ✓ From now on in English.

member-link-invalid = This link is not valid (any more). Please ask the team for a new invitation.
member-waiting = Thank you. A coordinator of { $team } will confirm that it is you. You will get a message here.
member-joined = ✓ You are in. Type /start to begin.
member-welcome = <b>Welcome, { $name }.</b> You join { $team } as { $role }.
member-welcome-more = Type /help to see what you can ask.
member-declined = The coordinator of { $team } did not confirm this invitation. Is that a mistake? Then please contact the team.
member-confirm =
    <b>Someone opened the invitation for { $name }</b> ({ $role }).
    In Telegram that person is called: { $shown }. A name in Telegram proves nothing; ask them when in doubt.
member-button-confirm = ✓ That is right
member-button-refuse = Do not let in
member-confirmed = ✓ { $name } is now { $role }.
member-refused = Not let in. The invitation has lapsed.
member-already-decided = That invitation has already been decided on. Nothing has changed.

member-group =
    <b>I was added to the group “{ $title }”.</b>
    Is that the team's channel? Only numbers, phase and municipality go there, never a name or address.
member-button-group-yes = Yes, this is our channel
member-button-group-no = No, leave the group
member-group-confirmed = ✓ This is now the team's channel.
member-group-left = All right, I am leaving that group.
member-group-personal = There may be something personal about a client here. I did not keep it. Could you delete that message? Better write it to me in the private chat.
member-group-invite = An invitation only works in a private chat with me. Everyone could read this one now, so it has lapsed.
member-group-private = That is only possible in the private chat with me.
member-channel-removed = I was removed from the team's channel. New reports now come to you only. Add me again to use the channel.
member-channel-muted = I can no longer write in the team's channel. New reports now come to you only.
member-channel-demoted = I am no longer an administrator of the team's channel. I cannot remove messages there any more.
member-left-group =
    <b>{ $name } has left the channel.</b>
    Rights and cases have not changed. Has { $name } left the team too?
member-button-left-team = Yes, left the team
member-button-still-there = No

member-leave-sure =
    <b>Do you want to leave the team?</b>
    { $n ->
        [0] You have no open cases.
        [one] Your one open case goes back to the coordinator.
       *[other] Your { $n } open cases go back to the coordinator.
    }
member-button-leave-yes = Yes, I am leaving
member-button-leave-no = No, I stay
member-leave-stay = All right, nothing has changed.
member-leave-farewell = You have left the team. Your cases are back with the coordinator. Thank you for everything.
member-leave-last = You are the last coordinator; someone must be able to lead the team. Invite another coordinator first.
member-leave-not = That did not work. Nothing has changed.
