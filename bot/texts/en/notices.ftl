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
