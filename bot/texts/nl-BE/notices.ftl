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
    } exporteerde alles over één persoon ({ $n } { $n ->
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
notice-joined =
    { $source ->
        [server] Iemand op de server
       *[chat] <b>{ $by }</b>
    } liet <b>{ $member }</b> in het team als { $role ->
        [coordinator] coördinator
       *[worker] begeleider
    }, { $at }. Niet afgesproken? Vraag het meteen na.
notice-removed = <b>{ $by }</b> haalde <b>{ $member }</b> uit het team, { $at }. Niet afgesproken? Vraag het meteen na.
notice-left = <b>{ $member }</b> heeft het team verlaten, { $at }.
notice-channel-set = <b>{ $by }</b> maakte een andere groep tot het kanaal van het team, { $at }. Niet afgesproken? Vraag het meteen na.
notice-code-set = <b>{ $by }</b> heeft een veiligheidscode gekozen, { $at }. Was dat { $by } niet? Bel meteen, en haal die persoon uit het team.
notice-code-barred = ⚠ Vijf keer een foute veiligheidscode in de chat van <b>{ $by }</b>, { $at }. Vraag meteen na of het { $by } zelf was.
notice-code-forgotten = Iemand op de server wiste de veiligheidscode van <b>{ $member }</b>, { $at }. Niet afgesproken? Vraag het meteen na.
