# What all coordinators are told of files taken out and people erased (S22).
notice-exported =
    { $source ->
        [server] Somebody on the server
       *[chat] <b>{ $by }</b>
    } exported { $n } { $n ->
            [one] case
           *[other] cases
        } without names, { $at }. Not agreed? Ask at once.
notice-exported-names =
    { $source ->
        [server] Somebody on the server
       *[chat] <b>{ $by }</b>
    } exported { $n } { $n ->
            [one] case
           *[other] cases
        } with names, { $at }. Not agreed? Ask at once.
notice-exported-person =
    { $source ->
        [server] Somebody on the server
       *[chat] <b>{ $by }</b>
    } exported everything about one person ({ $n } { $n ->
            [one] case
           *[other] cases
        }), { $at }. Not agreed? Ask at once.
notice-erased =
    { $source ->
        [server] Somebody on the server
       *[chat] <b>{ $by }</b>
    } erased one person ({ $n } { $n ->
            [one] case
           *[other] cases
        }), { $at }. Not agreed? Ask at once.
notice-joined =
    { $source ->
        [server] Somebody on the server
       *[chat] <b>{ $by }</b>
    } let <b>{ $member }</b> into the team as { $role ->
        [coordinator] coordinator
       *[worker] worker
    }, { $at }. Not agreed? Ask at once.
notice-removed = <b>{ $by }</b> took <b>{ $member }</b> out of the team, { $at }. Not agreed? Ask at once.
notice-left = <b>{ $member }</b> has left the team, { $at }.
notice-channel-set = <b>{ $by }</b> made another group the team's channel, { $at }. Not agreed? Ask at once.
notice-code-set = <b>{ $by }</b> chose a security code, { $at }. Was it not { $by }? Call them at once, and take them out of the team.
notice-code-barred = ⚠ Five wrong security codes in the chat of <b>{ $by }</b>, { $at }. Ask at once whether it was { $by }.
notice-code-forgotten = Somebody on the server cleared the security code of <b>{ $member }</b>, { $at }. Not agreed? Ask at once.
