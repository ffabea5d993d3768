# Backups: what a coordinator hears of them.

backup-failed = I could not make a backup. Everything else goes on as usual. Ask whoever runs Kier to look at it: kier doctor.
restored = <b>I was put back to how things stood: { $when }.</b>
restored-lost = What was reported, answered or changed after that I no longer know. Please give it to me again. Buttons under later messages no longer work; what is still open I ask again.
restored-again = { $n ->
    [one] One message was waiting then. It comes once more, marked (again).
   *[other] { $n } messages were waiting then. They come once more, marked (again).
}
restored-doubtful = { $n ->
    [one] Of one message it is not certain whether it arrived. I do not send it again.
   *[other] Of { $n } messages it is not certain whether they arrived. I do not send them again.
}
restored-people = Check with /team who is on it. Whoever still had an invitation needs a new one: /invite.
