# What all coordinators are told of files taken out and people erased (S22).
notice-exported =
    { $source ->
        [server] Somebody at the server
       *[chat] <b>{ $by }</b>
    } exported { $n } { $n ->
            [one] case
           *[other] cases
        } without names, { $at }. Not agreed? Ask at once.
notice-exported-names =
    { $source ->
        [server] Somebody at the server
       *[chat] <b>{ $by }</b>
    } exported { $n } { $n ->
            [one] case
           *[other] cases
        } with names, { $at }. Not agreed? Ask at once.
notice-exported-person =
    { $source ->
        [server] Somebody at the server
       *[chat] <b>{ $by }</b>
    } had everything about one person handed over ({ $n } { $n ->
            [one] case
           *[other] cases
        }), { $at }. Not agreed? Ask at once.
notice-erased =
    { $source ->
        [server] Somebody at the server
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
    }, { $at }. Not agreed? Ask right away.
notice-removed = <b>{ $by }</b> took <b>{ $member }</b> out of the team, { $at }. Not agreed? Ask right away.
notice-left = <b>{ $member }</b> has left the team, { $at }.
notice-code-set = <b>{ $by }</b> chose a security code, { $at }. Was it somebody else? Take them out of the team and call.
notice-code-barred = ⚠ Five wrong security codes in the chat of <b>{ $by }</b>, { $at }. Ask right away whether it was { $by }.
notice-code-forgotten = Somebody on the server cleared the security code of <b>{ $member }</b>, { $at }. Not agreed? Ask right away.
