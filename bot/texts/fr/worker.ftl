# Ce qu’un travailleur social se voit demander, et ce qu’il fait.

repeat-later = 🔁 Vous aviez demandé de répéter ceci maintenant.
repeat-again = 🔁 À nouveau, car la réponse précédente a été annulée.
repeat-hand-over = ➡️ Cette question est maintenant pour vous.
nudge = ⏰ <b>Pas encore de réponse : <i>{ $what }</i>.</b>
nudge-soft = ⏰ <b>{ $what } : le plus tôt sera le mieux.</b>

press-fill-in = Remplir…
press-fill-in-date = Indiquer la date…
press-add-item = Ajouter…
press-contact = Le bénéficiaire a pris contact
press-deviate = Fait autrement
press-later = Plus tard
press-hand-over = Transmettre
press-change = Modifier
press-why = Pourquoi maintenant ?
press-note = Note
press-history = Historique
press-close = Clôturer
press-reopen = Rouvrir
press-correct = Corriger
press-correct-last = Corriger la dernière réponse
press-earlier = Fait plus tôt…
press-withdrawn = N’a plus lieu
press-change-phase = Phase
press-change-hearing = Audience
press-change-eviction = Expulsion
press-change-served = Signification
press-change-crisis = ‼️ Crise

top-contact = Le bénéficiaire a pris contact
top-deviate = Fait autrement
top-later = Plus tard
top-hand-over = Transmettre
top-change = Modifier
top-close = Clôturer
top-away = Congé
top-away-from = Congé · à partir du { $first }
top-away-days = Congé · { $days }

ask-item = De quoi s’agit-il ?
ask-checklist = Qu’est-ce qui a été fait ?
ask-window-reason = C’est plus tard que prévu. Quelle en est la raison ?
ask-done-at = Quand était-ce ?
ask-did = Qu’avez-vous fait à la place ?
ask-reason = Pourquoi ?
ask-deviation-done = L’étape est-elle ainsi terminée ? Sinon, elle reste ouverte, avec son délai.
ask-later = Quand puis-je le redemander ?
later-over = Le délai de cette question est passé : elle ne peut plus être posée plus tard. La coordination peut prolonger.
ask-hand-over = À qui transmettre ?
ask-change = Qu’est-ce qui change ?
ask-change-phase = Quelle phase ? Maintenant : { $now }
ask-change-hearing = Quand a lieu l’audience ?
ask-change-eviction = Pour quand l’expulsion est-elle annoncée ?
ask-change-served = Quand le jugement a-t-il été signifié ?
ask-outcome = Comment le dossier se termine-t-il ?
ask-close-note = { $outcome }. Quelque chose à ajouter ?
close-pending = { $n ->
    [one] { $n } action ou accord est encore en cours.
   *[other] { $n } actions ou accords sont encore en cours.
}
ask-note = Écrivez votre note, ou envoyez une photo ou un message vocal.
hint-note = Ce qui aide : ce qui s’est passé, quand, et ce qui est convenu. Pas de données médicales.
loose-which = <b>Dans quel dossier dois-je garder ceci comme note ?</b> Pour répondre à une question, touchez un bouton sous celle-ci.
loose-text = Je ne sais pas où placer ceci : vous n’avez pas de dossiers ouverts. Voyez /aide.
text-only-note = Une note est un texte, une photo, un document ou un message vocal. Ceci n’a pas été conservé.

ask-away-who = Qui est en congé ?
ask-away-from = À partir de quel jour ?
ask-away-to = Jusqu’à quel jour inclus ?
ask-away-stand-in = Qui remplace ?
away-backwards = Le dernier jour vient avant le premier. Rien n’a été conservé ; recommencez avec /absence.
away-overlaps = Il y a déjà un congé un de ces jours-là : { $days }. Rien n’a été conservé. Touchez-le pour le modifier, ou choisissez d’autres jours avec /absence.

done-joined = ✓ <b>{ $ref } concerne { $known }</b>
done-contact = ✓ <b>Le bénéficiaire a pris contact : { $said }</b>
done-deviate = ✓ <b>Fait autrement</b> : { $what }
deadline-stands = L’échéance reste { $at }.
done-later = ✓ <b>Je le redemanderai</b> : { $what }, { $at }.
done-hand-over = ✓ <b>Transmis à { $name }</b>
done-take-over = ✓ <b>Ce dossier vous est maintenant confié</b>
done-phase = ✓ <b>Phase</b> : { $before } → { $after }
done-hearing = ✓ <b>Audience</b> : { $at }
done-hearing-withdrawn = ✓ <b>Audience annulée</b>
done-eviction = ✓ <b>Expulsion</b> : au plus tôt { $at } – à vérifier auprès de l’huissier
done-eviction-withdrawn = ✓ <b>Expulsion annulée</b>
done-served = ✓ <b>Jugement signifié</b> : { $on }. Expulsion au plus tôt { $earliest } – à vérifier auprès de l’huissier.
done-crisis = ✓ <b>Crise</b> : tous les messages le signalent désormais.
done-close = ✓ <b>Clôturé</b> : { $outcome }
done-reopen = ✓ <b>Rouvert</b>
ask-followup = Voulez-vous noter quelque chose ? Un seul message suffit.
hint-followup = Cochez, puis Terminé. Ou écrivez-le en un seul message.
followup-skipped = Bien, rien à ajouter.
done-details = ✓ <b>Noté</b>
done-note = ✓ <b>Note conservée</b>
done-correct = ✓ <b>Réponse annulée</b>. Tout est redevenu comme avant.
done-away = ✓ <b>Congé encodé · { $name }</b> : du { $first } au { $last } inclus.
done-away-asked = { $name } reçoit la demande de remplacement.
done-stand-in-yes = ✓ <b>Vous remplacez { $name }</b> : { $days }. Merci.
done-stand-in-no = Bien, vous n’assurez pas le remplacement. C’est transmis.
done-away-nobody = Sans remplacement, les questions vont à la coordination.

cannot-no-such-step = Cette étape n’est plus ouverte. Rien n’a changé.
cannot-no-such-answer = Cette réponse ne convient pas à cette question. Rien n’a changé.
cannot-past-deadline = Ce moment tombe après le délai. Rien n’a changé ; la coordination peut prolonger.
cannot-needs-to = Choisissez d’abord à qui.
cannot-needs-when = Il faut ici un jour et une heure.
cannot-no-crisis = Ce n’est possible qu’en cas de crise.
cannot-closed = Ce dossier est clôturé. Rien n’a changé.
cannot-open = Ce dossier est déjà ouvert. Rien n’a changé.
cannot-no-gate = Il n’y a rien à lever ici.
cannot-in-past = Ce moment est déjà passé. Rien n’a changé.
cannot-no-such-item = Cette action ou cet accord est déjà réglé.
cannot-unknown-fact = Je ne connais pas cette donnée.
cannot-bad-outcome = Cette issue ne fait pas partie de cette procédure.
cannot-last-coordinator = C’est la dernière personne à la coordination. Donnez d’abord ce rôle à quelqu’un d’autre.
cannot-taken = Quelqu’un d’autre vient de vous devancer. Rien n’a changé.
cannot-stand-in-absent = Cette personne est elle-même en congé. Choisissez quelqu’un d’autre.

info-appointment = 📅 <b>Prévu</b> : { $what }, { $at }.
info-hearing = ⚖️ <b>Audience</b> : { $at }.
info-eviction = 🏠 <b>Expulsion</b> au plus tôt { $at } – à vérifier auprès de l’huissier.
info-crisis-status = { $days ->
    [0] <b>L’expulsion a lieu aujourd’hui</b> ({ $at }).
    [one] <b>Encore { $days } jour</b> avant l’expulsion ({ $at }).
   *[other] <b>Encore { $days } jours</b> avant l’expulsion ({ $at }).
}
info-crisis-undated = Aucune date d’expulsion n’est connue.
info-crisis-began = <b>Ce dossier est maintenant en crise.</b>
info-second-report = ✉️ <b>Un deuxième signalement est arrivé</b> pour ce ménage. Les délais continuent comme avant.
info-handed-over = ➡️ <b>Ce dossier est maintenant confié à { $worker }.</b>
info-closed = ✓ <b>Clôturé</b> : { $outcome }.
info-reopened = ↩️ <b>Rouvert</b>, suivi par { $worker }.
info-postponed = 📅 <b>Reporté</b> : { $at }.
info-changed-phase = ➡️ <b>La phase est maintenant</b> { $phase }.
info-changed-hearing = ⚖️ <b>L’audience est maintenant</b> { $at }.
info-changed-hearing-none = ⚖️ <b>L’audience est annulée.</b>
info-changed-eviction-none = 🏠 <b>L’expulsion est annulée.</b>
info-changed-crisis = <b>Ce dossier est maintenant en crise.</b> Voyez ce qui doit aller plus vite aujourd’hui.
info-other = ℹ️ { $what }
