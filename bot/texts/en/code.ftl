# A coordinator's security code (S22).

help-code = /code – your security code
code-ask-new = <b>Choose a security code: six digits.</b>
    I ask for it before a file of cases, and when somebody joins or leaves the team, or the channel becomes another. So whoever picks up your phone cannot do that. What you type here I delete at once.
code-ask-again = <b>Type the same six digits once more.</b>
code-ask-old = <b>First type the code that you have now.</b>
code-ask-enter = <b>Your security code?</b> Six digits. I delete them at once.
code-six = Those are not six digits.
code-easy = That one is too easy to guess.
code-not-same = Those were not the same digits twice.
code-wrong = That is not your code. { $left ->
    [one] One try left.
   *[other] { $left } tries left.
}
code-set = ✓ <b>Your security code is set.</b> Forgotten it? Whoever runs Kier can clear it, and you choose another.
code-right = ✓ Right. I do not ask again until { $at }.
code-press-go-on = Go on
code-barred = Too many wrong codes: not possible until { $at }. The coordinators know. Forgotten it? Whoever runs Kier can clear it.
cannot-needs-code = This needs your security code. Start again, and I ask for it first.
