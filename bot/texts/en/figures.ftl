# A coordinator's figures and pictures: what is counted, in words, beside what others published.

figures-title = Figures · { $period }
figures-whose = Reports that came in from { $first } to { $last }, with all that followed.
figures-none = No report came in in this period.
figures-cut = There are more cases than I count in one go: these figures are not whole. Choose a shorter period.
period-quarter = { $n ->
    [1] 1st quarter
    [2] 2nd quarter
    [3] 3rd quarter
   *[4] 4th quarter
} { $year }
period-days = { $first } – { $last }

figures-head-reach = Who was reached
figures-head-tries = How long we kept trying
figures-head-times = How soon
figures-head-course = On the way
figures-head-end = How it ended
figures-head-steps = Steps and deadlines
figures-means = What is counted

figure-reports = Reports: { $n }, on { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}
figure-reached = all cases
figure-reached-phone = with a phone attempt
figure-reached-visit = with a home visit
figure-reached-written = note or letter only
figure-tries-few = 1 or 2 attempts
figure-tries-three = 3 attempts
figure-tries-many = 4 or more attempts
figure-attempts = Attempts: { $n }
figure-first-attempt = first attempt
figure-first-talk = first talk
figure-visits = let in at a home visit
figure-notes = note left, contact after it
figure-help = help accepted
figure-averted = eviction averted at closing
figure-averted-later = still averted after three months
figure-closed = Closed: { $n ->
    [one] 1 case
   *[other] { $n } cases
}
figure-no-steps = No step with a deadline yet.

channel-n = { $channel ->
    [phone] { $n ->
        [one] 1 call
       *[other] { $n } calls
    }
    [visit] { $n ->
        [one] 1 home visit
       *[other] { $n } home visits
    }
    [meeting] { $n ->
        [one] 1 meeting
       *[other] { $n } meetings
    }
    [note] { $n ->
        [one] 1 note
       *[other] { $n } notes
    }
    [letter] { $n ->
        [one] 1 letter
       *[other] { $n } letters
    }
    [message] { $n ->
        [one] 1 message
       *[other] { $n } messages
    }
   *[mail] { $n ->
        [one] 1 e-mail
       *[other] { $n } e-mails
    }
}
kept-on-time = on time
kept-late-reason = late, with a reason
kept-late = late
kept-deviated = done differently
kept-missed = not done

figure-line = { $label }: { $said }
quoted-word = “{ $word }”
share-words = { $n } of { $of } ({ $part }%)
share-none = none yet
share-few = { $n } of { $of }
published-words = { $source }: { $part }%
half-within = half within { $time } ({ $of })
too-few-times = too few to say ({ $of })
time-words = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes }
}

means-reports = A report counts on the day it came in. Second reports on an open case count as reports, not as cases.
means-reached = Reached: somebody of the team spoke to the client in person, or the client contacted us. Voicemail, a housemate or a note is not reached.
means-ways = With a phone attempt or a home visit: cases in which that was tried, whichever way reached them. Note or letter only: nothing else was tried.
means-tries = Attempts up to the first talk. Shares are of the cases with so many attempts.
means-published = Beside it, what municipalities in the Netherlands reached: { $source }, monitor of early signalling. Other teams, other reports: a guide, not a grade.
means-attempts = An attempt is each call, visit, note or letter to the client that was answered as done. Corrected answers do not count.
means-times = Working time from the report to the first attempt and to the first talk: only the hours in which the team is open. Half of the cases were faster.
means-visits = Of all home visits: how often the client let us in.
means-notes = Of the cases with a note in the letterbox: in how many there was a talk or a contact after it.
means-help = Of the cases reached: the client's last word was yes to help.
means-closed = Cases closed by now. A case that was opened again counts by its last closing.
means-averted = Of the closed cases: closed with { $outcomes }.
means-averted-later = Of those: the check after three months found people still in their home. Counted are the checks that reached somebody.
means-steps = On time: done by the first deadline. Late, with a reason: after it, with a reason or an extension. Done differently: the plan was deviated from. Not done: the deadline passed without an answer.
means-few = Below { $n } there is no share, only the number: so nobody can be recognised.

press-figures = Figures
press-figures-before = Quarter before
press-figures-means = What is counted?
press-figures-back = Back to the figures

figures-problem-not-understood = I do not know that period. Write it like <code>/figures 2027-Q3</code>, <code>2027</code>, <code>2027-09</code> or <code>2027-07-01..2027-09-30</code>.
figures-problem-no-such-day = That day does not exist. Write it like <code>/figures 2027-07-01..2027-09-30</code>.
figures-problem-backwards = That period ends before it begins. Do the two days stand the wrong way round?
figures-problem-not-begun = That period has not begun yet.
figures-problem-too-long = That is more than three years. Choose a shorter period.

chart-few = Fewer than { $n }: no share, so no bar
chart-none = Nothing to show yet
chart-none-why = No report came in.
chart-others = { $n ->
    [one] 1 other
   *[other] { $n } others
}
board-title = Open cases by step
board-load = Open cases per worker
board-late = late
board-today = today
board-later = later
board-no-step = no next step
board-nobody = nobody yet
board-none-why = There are no open cases.
timeline-title = Planned and done
timeline-planned = planned, up to the deadline
timeline-open = open
timeline-no-deadline = no deadline
timeline-now = now
timeline-shut = closed day
timeline-none-why = No step has opened yet.

help-figures = /figures – how a quarter went, or /figures 2027-Q3
