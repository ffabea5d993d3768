# What all coordinators are told of files taken out and people erased (S22).
notice-exported =
    { $source ->
        [server] Iemand op de server
       *[chat] <b>{ $by }</b>
    } exporteerde { $n } { $n ->
            [one] dossier
           *[other] dossiers
        } zonder namen, { $at }. Niet afgesproken? Vraag het meteen na.
notice-exported-names =
    { $source ->
        [server] Iemand op de server
       *[chat] <b>{ $by }</b>
    } exporteerde { $n } { $n ->
            [one] dossier
           *[other] dossiers
        } met namen, { $at }. Niet afgesproken? Vraag het meteen na.
notice-exported-person =
    { $source ->
        [server] Iemand op de server
       *[chat] <b>{ $by }</b>
    } liet alles over één persoon bezorgen ({ $n } { $n ->
            [one] dossier
           *[other] dossiers
        }), { $at }. Niet afgesproken? Vraag het meteen na.
notice-erased =
    { $source ->
        [server] Iemand op de server
       *[chat] <b>{ $by }</b>
    } wiste één persoon ({ $n } { $n ->
            [one] dossier
           *[other] dossiers
        }), { $at }. Niet afgesproken? Vraag het meteen na.
