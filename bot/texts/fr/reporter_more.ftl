# La personne qui signale : ce qui tient en un message, comment la joindre, ce qu’elle ajoute, et trois mois après.

reporter-along = Ajoutez si possible : { $what }.
reporter-along-address = l’adresse
reporter-along-phone = le numéro de téléphone
reporter-along-relation = qui vous êtes
reporter-along-why = pourquoi vous le signalez maintenant
reporter-along-amount = à combien s’élèvent les arriérés
reporter-along-reach = à quel numéro vous joindre
reporter-relation-landlord = bailleur
reporter-relation-neighbour = voisinage
reporter-relation-family = famille
reporter-relation-friend = amis ou connaissances
reporter-also-noted = C’est noté.
reporter-button-by-chat = Par ce chat
reporter-line-reach = Pour vous joindre

# Ajouts : ce que lisent l’assistant social et la coordination

info-added-text = ✉️ <b>La personne qui a signalé ajoute quelque chose.</b> Voyez « Détails ».
info-added-file = ✉️ <b>La personne qui a signalé envoie un fichier.</b> Voyez « Détails ».
info-added-paid = ✉️ <b>La personne qui a signalé dit : le loyer est payé.</b> Que reste-t-il à faire ?
info-added-withdraw = ✉️ <b>La personne retire son signalement.</b> L’équipe décide de la suite.
info-added-hearing = ✉️ <b>La personne qui a signalé indique une audience</b> : { $at }.
info-added-eviction = ✉️ <b>La personne qui a signalé indique une date d’expulsion</b> : { $at }.
info-added-other = Le dossier garde : { $at }. La nouvelle date est-elle exacte ? Touchez Modifier.
info-added-after-yes = ✉️ <b>Trois mois après, la personne qui a signalé dit : le locataire y habite encore.</b>
info-added-after-no = ✉️ <b>Trois mois après, la personne qui a signalé dit : le locataire n’y habite plus.</b>
info-added-after-unknown = ✉️ <b>Trois mois après, la personne qui a signalé ne sait pas ce qu’il en est.</b>
event-added = De la personne qui signale : { $what }
added-text = complément
added-file = fichier
added-paid = loyer payé
added-withdraw = signalement retiré
added-hearing = audience
added-eviction = date d’expulsion
added-after-yes = y habite encore
added-after-no = n’y habite plus
added-after-unknown = ne sait pas ce qu’il en est
details-reach = Joindre la personne qui a signalé : { $value }
reach-by-chat = par ce chat
press-copy-reach = Copier le n° de qui signale

# Ce que lit la personne qui signale

reporter-added-text = Ajouté à <code>{ $ref }</code> : votre message. Merci ; l’équipe le lira.
reporter-added-file = Ajouté à <code>{ $ref }</code> : votre fichier. Merci ; l’équipe le regardera.
reporter-added-paid = Ajouté à <code>{ $ref }</code> : le loyer est payé. Merci ; nous transmettons.
reporter-added-hearing = Ajouté à <code>{ $ref }</code> : audience { $at }. Merci ; nous transmettons.
reporter-added-eviction = Ajouté à <code>{ $ref }</code> : expulsion { $at }. Merci ; nous transmettons.
reporter-mine-gate = Nous vous parlons d’abord, avant d’entreprendre quoi que ce soit.
reporter-after =
    <b>Signalement <code>{ $ref }</code> du { $day } : le locataire y habite-t-il encore, à votre connaissance ?</b>
    Nous ne le demandons qu’une fois. Nous ne pouvons rien vous dire au sujet du locataire.
reporter-after-thanks = Merci, nous transmettons (<code>{ $ref }</code>). Un nouveau problème ? Faites un nouveau signalement.
reporter-after-already = Vous nous l’avez déjà dit. Merci.
reporter-date-sure = <b>{ $date } : est-ce correct ?</b>
reporter-album-kept = Vos photos sont ajoutées.
reporter-file-begun = Merci, votre fichier est conservé.
