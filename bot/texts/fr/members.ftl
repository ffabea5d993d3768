# Congés, jours de travail, remplacements et départs.

cover-title = <b>Qui est là ces jours-là :</b>
cover-yes = { $days } : { $name }
cover-chain-away = { $days } : { $name }, car { $who } est aussi en congé
cover-chain-off = { $days } : { $name }, car { $who } ne travaille pas ces jours-là
cover-gap-away = { $days } : <b>personne</b>, car { $who } est aussi en congé
cover-gap-off = { $days } : <b>personne</b>, car { $who } ne travaille pas ces jours-là
cover-missed = <b>Un remplacement était prévu pour { $name }.</b> Ces jours-là, c’est maintenant :
cover-missed-chain = { $days } : { $name }
cover-missed-gap = { $days } : <b>personne</b>

leave-works = <b>{ $name }</b> travaille : { $days }.
leave-planned = Congés prévus :
leave-planned-none = Aucun congé n’est prévu.
leave-one = <b>Congé · { $name }</b> : { $days }
leave-one-accepted = Remplacement : { $name }.
leave-one-asked = Remplacement demandé à { $name }.
leave-one-nobody = Il n’y a pas de remplaçant : les questions vont à la coordination.
press-away-stand-in = Autre remplaçant
press-away-to = Autre dernier jour
press-away-drop = Annuler ce congé
press-away-back = De retour aujourd’hui
press-my-leave = Mes congés
press-works = Jours de travail
press-leave-of = { $name } · congés, jours
done-away-changed = ✓ <b>Modifié.</b>
done-away-dropped = ✓ <b>Ce congé est annulé.</b> La personne qui devait remplacer le sait.
done-away-back = ✓ <b>Bon retour parmi nous.</b>
stand-in-off = Vous ne devez plus remplacer { $name } ({ $days }).
stand-in-until = Congé modifié · { $name } : { $days }.

top-works = Jours de travail · { $name }
ask-works = Quels sont les jours de travail ?
ask-works-hint = Touchez les jours pour les cocher, puis Terminé.
works-none = Il faut au moins un jour. Rien n’a changé.
works-all = tous les jours de travail de l’équipe
done-works = ✓ <b>{ $name } travaille maintenant</b> : { $days }.

brief = Vous remplacez { $name } jusqu’au { $last } · { $n ->
    [0] aucun dossier ouvert
    [one] 1 dossier
   *[other] { $n } dossiers
}
brief-open = Vous remplacez { $name } · { $n ->
    [0] aucun dossier ouvert
    [one] 1 dossier
   *[other] { $n } dossiers
}
back = Bon retour parmi nous, { $name }.
back-since = Ce qui s’est passé depuis le { $since } :
back-nothing = Rien ne s’est passé dans vos dossiers depuis le { $since }.
back-more = … et { $n } avant cela
back-quiet = Rien de nouveau dans : { $refs }

press-hand-on = Dossiers un par un
hand-on = <b>Dossiers · { $name }</b> · { $n ->
    [0] c’est le dernier
    [one] encore 1 ensuite
   *[other] encore { $n } ensuite
}
hand-on-ask = <b>Qui reprend ce dossier ?</b>
hand-on-nobody = <b>Il n’y a personne à qui confier ce dossier.</b>
press-hand-on-assign = À la coordination
hand-on-done = ✓ Confié à { $name }

invite-qr = À scanner avec l’appareil photo de l’autre téléphone : l’invitation pour { $name }.
