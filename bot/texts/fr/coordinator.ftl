# Ce que la coordination apprend et décide.

new-report = <b>Nouveau signalement</b> · { $ref }
assign-added = ✉️ De la personne qui a signalé : { $what } ({ $at }).
first-workday = le jour ouvrable 1 est { $day }
via = via { $who }
reporter-role-social-landlord = la société de logement
reporter-role-rental-agency = l’AIS
reporter-role-landlord = le bailleur
reporter-role-neighbour = le voisinage
reporter-role-family = la famille
reporter-role-friend = un proche
reporter-role-care = un soignant
reporter-role-social-work = un service social
reporter-role-bailiff = l’huissier de justice
reporter-role-lawyer = un avocat
reporter-role-police = la police
reporter-role-school = l’école
reporter-role-tenant = le locataire
reporter-role-other = un tiers
phase-short = phase { $n }
note-soon = ⚠ L’audience tombe au plus tard le jour ouvrable 5.
likeness = ⚠ Dossier peut-être connu : { $ref }, { $state }{ $outcome }, { $worker }
likeness-worker = suivi par : { $worker }
likeness-not-yet = pas encore attribué
likeness-nobody = jamais attribué
likeness-open = encore ouvert
likeness-closed = clôturé le { $on }
load = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
}
knows-household = connaît le ménage
is-away = en congé
press-someone-else = Quelqu’un d’autre…
press-known = Connu : { $ref } · { $worker }
press-new-household = Nouveau dossier
ask-known-to-whom = À qui le confier ? Voyez d’abord si le dossier est connu.
ask-known = Dossier nouveau ou connu ?

alert-late = 🔴 <b>{ $worker } n’a pas encore répondu : <i>{ $what }</i></b>. L’échéance était { $due }.
alert-late-own = 🔴 <b>Pas encore de réponse : <i>{ $what }</i></b>. L’échéance était { $due }.
alert-unassigned = 🔴 <b>Le jour ouvrable 1 est passé et personne n’a encore ce dossier.</b>
alert-not-reached = 🔴 <b>{ $what } : toujours sans résultat.</b> Je ne repose plus la question ; que faire maintenant ?
alert-answered = 🔴 <b>{ $what } : { $said }.</b> L’étape reste ouverte ; que faire maintenant ?
alert-crisis-began = <b>Ce dossier est maintenant en crise.</b>
alert-left = 🔴 <b>La personne qui suivait ce dossier a quitté l’équipe.</b> Il faut quelqu’un pour le reprendre.
alert-open-now = Ouvert maintenant : { $what }.
press-answer-for = Encoder la réponse
press-extend = Prolonger avec motif
press-tell = Prévenir { $name }
done-told = ✓ <b>C’est transmis à { $name }</b>
done-told-later = ✓ <b>{ $name } le lira { $at }</b>
press-take-over = Je reprends
press-lift-crisis = Fin de la crise
press-lift-gate = Continuer sans entretien
press-part = Séparer celui du { $at }

top-extend = Prolongation
top-lift = Décision de la coordination
top-invite = Inviter quelqu’un
top-leave-team = Départ de l’équipe
ask-extend = Quel est le nouveau délai ?
ask-lift-gate = Pourquoi peut-on continuer sans avoir parlé à la personne qui signale ?
ask-lift-crisis = Pourquoi la crise est-elle finie ?
ask-invite-name = Comment s’appelle cette personne ?
ask-invite-role = Dans quel rôle ?
ask-leave-team = { $n ->
    [0] { $name } a quitté l’équipe ?
    [one] { $name } a quitté l’équipe ? Le dossier ouvert revient pour être attribué.
   *[other] { $name } a quitté l’équipe ? Les { $n } dossiers ouverts reviennent pour être attribués.
}
done-extend = ✓ <b>Prolongé</b> : { $what }, au plus tard { $at }.
done-lift-gate = ✓ <b>On continue sans entretien avec la personne qui signale</b>
done-lift-crisis = ✓ <b>Fin de la crise</b>
done-part = ✓ <b>Ce signalement est maintenant un dossier à part</b>
done-leave-team = ✓ <b>{ $name } a quitté l’équipe.</b> Les dossiers ouverts reviennent pour être attribués.
done-invite = ✓ <b>Invitation pour { $name }</b> ({ $role }). Elle ne sert qu’une fois ; vous confirmez qui l’ouvre.
invite-link = { $link }
invite-code = Ou cette personne m’envoie : <code>/start { $code }</code>
press-open-link = Ouvrir
press-copy-invite = Copier l’invitation

list-today = Aujourd’hui : { $n }
list-today-empty = Rien à faire. Profitez du calme.
list-cases = Vos dossiers : { $n }
list-cases-empty = Vous n’avez pas de dossiers pour le moment.
list-status = Dossiers : { $n }
list-status-empty = Il n’y a pas de dossiers ouverts.
list-overdue = En retard : { $n }
list-overdue-empty = Rien n’est en retard.
list-team = Équipe : { $n }
list-absent = En congé : { $n }
list-absent-empty = Aucun congé n’est encodé.
soon-hearing = audience { $at }
soon-eviction = expulsion { $at }
press-list-today = Aujourd’hui
press-list-cases = Mes dossiers
press-list-status = Situation
press-list-overdue = En retard
press-list-team = Équipe
press-list-absent = Qui est en congé ?
press-leave-team = { $name } quitte l’équipe…
invited = invitation envoyée
away-today = en congé aujourd’hui
leave-covered = { $days }, remplacement : { $who }
leave-asked = { $days }, remplacement demandé à { $who }
leave-nobody = { $days }, sans remplacement

digest-coordinator = { $day } · { $n ->
    [one] { $n } dossier demande votre attention
   *[other] { $n } dossiers demandent votre attention
}
digest-well = { $day } · tout est dans les temps
digest-none = { $day } · aucun dossier ouvert
digest-worker = { $day } · { $n ->
    [one] { $n } question vous attend
   *[other] { $n } questions vous attendent
}
digest-today = Aujourd’hui : { $who }.
asked-of = { $n ->
    [one] { $n } question à { $name }
   *[other] { $n } questions à { $name }
}
digest-absent = { $name } est en congé (remplacement : { $who }).
digest-absent-nobody = { $name } est en congé, sans remplacement : les questions vous reviennent.

channel-claim = Qui prend ce dossier ?
press-claim = Je le prends
channel-assigned = confié à { $name } · { $at }
channel-taken = { $name } le prend · { $at }
