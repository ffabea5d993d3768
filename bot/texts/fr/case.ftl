# Un dossier : où il en est, ses détails, son historique, pourquoi une étape vient maintenant.

workday = Jour ouvrable { $n } ({ $day })
crisis-mark = ‼️ <b>CRISE</b>
mark-late = 🔴 <b>En retard</b>
mark-last-day = ⏳ <b>Dernier jour</b>
due = Réponse au plus tard { $at }.
due-passed = 🔴 <b>En retard</b> : l’échéance était { $at }.
due-extended = Réponse au plus tard { $at } (délai prolongé ; c’était { $was }).
due-short = au plus tard { $at }
due-late-short = en retard depuis { $at }
from-when = dès { $at }
by-when = au plus tard { $at }
late-since = en retard depuis { $at }
asked-at = vient { $at }
fits-not = ⚠ C’est après l’audience ou l’expulsion. Voyez s’il faut aller plus vite.

case-worker = Suivi par { $name }
case-no-worker = Pas encore attribué
case-coming = ◦ { $what } : { $at }
case-closed-now = Le dossier est clôturé.
case-closed = Clôturé le { $on } : { $outcome }.
case-no-next = ❔ Il n’y a pas d’étape suivante. Choisissez-en une, ou clôturez.
no-next-step = pas d’étape suivante
next-step = Ensuite : { $what } ({ $when }).
answered-assigned = Confié à { $name }
answered-taken = { $name } prend le dossier
answered-to = { $said } · à { $name }
noted-items = { $n ->
    [one] { $n } point noté
   *[other] { $n } points notés
}
noted-down = Noté
done-earlier = Fait : { $at }. Quelle était la réponse ?
more-question = <b>Que voulez-vous faire ?</b>

fact-hearing = Audience : { $at }
fact-eviction = Expulsion au plus tôt { $at } – à vérifier auprès de l’huissier
fact-served = Jugement signifié le { $on } : expulsion au plus tôt { $earliest } – à vérifier auprès de l’huissier.

sample = Exemple, à recopier à la main :

# Details

details-client = <b>{ $value }</b>
details-phone = ☎ { $value }
details-address = Adresse : { $value }
details-landlord = Bailleur : { $value }
details-amount = Arriérés : { $value }
details-relation = Qui signale : { $value }
details-why = Pourquoi ce signalement : { $value }
details-view = Ce qui se passe : { $value }
details-text = Récit : { $value }
details-reporter = Signalé par { $name }
details-tried = <b>Déjà essayé</b>
details-notes = <b>Notes</b>
details-gone = <i>Ce message disparaît après dix minutes.</i>

# Why now?

why-title = <b>Pourquoi maintenant ?</b> { $what }
why-report = Le signalement est arrivé le { $at }.
why-client = Le bénéficiaire est revenu le { $at }.
why-new-threat = La nouvelle menace a été signalée le { $at }.
why-report-short = le signalement est arrivé le { $at }
why-client-short = le bénéficiaire est revenu le { $at }
why-new-threat-short = la nouvelle menace a été signalée le { $at }
why-workday = Le jour ouvrable { $n } est le { $day } : { $began }.
why-workday-closed = Le jour ouvrable { $n } est le { $day } : { $began }, et { $closed }.
why-closed = { $n ->
    [one] { $days } est un jour de fermeture
   *[other] { $days } sont des jours de fermeture
}
why-many-closed = il y avait { $n } jours de fermeture entre les deux
why-due = D’où l’échéance : { $at }.
why-due-team = D’où l’échéance : { $at } (accord de l’équipe).
why-extended = La coordination a prolongé le délai : { $at }.

# History

history-title = <b>Historique</b> ({ $page } sur { $pages })
event-answered = { $what } : <b>{ $said }</b>
event-done-at = (fait { $at })
event-contact = Le bénéficiaire nous a contactés : <b>{ $said }</b>
event-deviation = Fait autrement : { $what }
event-worker = Confié à { $name }
event-no-worker = N’est plus attribué
event-fact = Modifié : { $what }
event-phase = Phase : { $before } → { $after }
event-crisis = ‼️ Crise
event-crisis-ended = Fin de la crise
event-closed = Clôturé : { $outcome }
event-opened = Étape : { $what }
event-late = 🔴 En retard : { $what }
event-extended = Délai prolongé : { $what }
event-put-off = Plus tard : { $what }
event-planned = { $what } : <b>{ $at }</b>
event-dated = Date connue : { $what }
event-began = Signalement reçu
event-joined = Deuxième signalement
event-gate = Suite sans entretien avec la personne qui signale
event-note = Note
event-restored = Réponse annulée
event-told = Dit à la personne qui suit le dossier : { $what }
told-phase = la phase
told-hearing = l’audience
told-eviction = l’expulsion
told-served = le jugement
told-crisis = crise
event-unassigned = 🔴 Pas encore attribué
fact-name-hearing = audience
fact-name-eviction = expulsion
fact-name-served = signification
fact-name-other = données
details-coming = Un instant : les données s’affichent ici.
