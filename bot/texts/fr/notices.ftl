# What all coordinators are told of files taken out and people erased (S22).
notice-exported =
    { $source ->
        [server] Quelqu’un sur le serveur
       *[chat] <b>{ $by }</b>
    } a exporté { $n } { $n ->
            [one] dossier
           *[other] dossiers
        } sans noms, { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-exported-names =
    { $source ->
        [server] Quelqu’un sur le serveur
       *[chat] <b>{ $by }</b>
    } a exporté { $n } { $n ->
            [one] dossier
           *[other] dossiers
        } avec noms, { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-exported-person =
    { $source ->
        [server] Quelqu’un sur le serveur
       *[chat] <b>{ $by }</b>
    } a fait sortir tout ce qui est connu d’une personne ({ $n } { $n ->
            [one] dossier
           *[other] dossiers
        }), { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-erased =
    { $source ->
        [server] Quelqu’un sur le serveur
       *[chat] <b>{ $by }</b>
    } a effacé une personne ({ $n } { $n ->
            [one] dossier
           *[other] dossiers
        }), { $at }. Ce n’était pas convenu ? Demandez tout de suite.
