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
    } a exporté tout ce que l’équipe sait d’une personne ({ $n } { $n ->
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
notice-joined =
    { $source ->
        [server] Quelqu’un sur le serveur
       *[chat] <b>{ $by }</b>
    } a fait entrer <b>{ $member }</b> dans l’équipe ({ $role ->
        [coordinator] coordination
       *[worker] travail social
    }), { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-removed = <b>{ $by }</b> a retiré <b>{ $member }</b> de l’équipe, { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-left = <b>{ $member }</b> a quitté l’équipe, { $at }.
notice-channel-set = <b>{ $by }</b> a fait d’un autre groupe le canal de l’équipe, { $at }. Ce n’était pas convenu ? Demandez tout de suite.
notice-code-set = <b>{ $by }</b> a choisi un code de sécurité, { $at }. Ce n’était pas { $by } ? Appelez tout de suite, et retirez { $by } de l’équipe.
notice-code-barred = ⚠ Cinq codes de sécurité erronés dans le chat de <b>{ $by }</b>, { $at }. Vérifiez tout de suite si c’était bien { $by }.
notice-code-forgotten = Quelqu’un sur le serveur a effacé le code de sécurité de <b>{ $member }</b>, { $at }. Ce n’était pas convenu ? Demandez tout de suite.
