# One sheet per role, on paper.

handout-open = Scan the code, or look for { $bot } in Telegram, and tap Start.
handout-invited = Open the invitation from the coordinator. After that the code always leads to the bot.
handout-type = You can also type this
handout-phone = Urgent, or rather by phone? { $phone }
handout-privacy = No medical details, no national number, no account number. Only the team reads what you write. Telegram chats are not fully encrypted.

handout-reporter-title = Is somebody about to lose their home?
handout-reporter-lead = Tell { $team }. The earlier, the more can still be done.
handout-reporter-steps =
    Say in your own words who it is about, where they live, on which number they can be reached and what is going on.
    Read what the bot understood. Is it right? Tap Send. You get a number.
    The team gets in touch with the tenant. My reports shows whether yours is being worked on. About the tenant we tell you nothing.

handout-worker-title = Kier asks, you tap
handout-worker-lead = The bot of { $team } asks on time what is to be done. One tap is an answer.
handout-worker-steps =
    Each question names the workday, the case and until when. Name, phone and address are behind Details, and go after ten minutes.
    Done? Tap the answer. The wrong one? Correct stands beside it for a day.
    Did it go otherwise? More: client got in touch, done differently, later, hand over, why now.
    Never write a name or an address in the group. It holds numbers only.

handout-coordinator-title = At nine, know what matters
handout-coordinator-lead = Each morning the bot of { $team } says in one message what needs attention.
handout-coordinator-steps =
    A new report? Tap to whom. The bot watches the deadlines and asks the worker on time.
    Was something left? Fill in the answer, hand over, give more time with a reason, or take it yourself.
    Choose a security code on the first day: /code. Then nobody with your phone can make a file or let somebody in.
    Does somebody leave? /team. Their rights end at once and their cases come back to you.
