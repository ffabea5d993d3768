# Dates: the small calendar, what is typed, and what goes to a phone's own calendar

press-no-time = Heure pas encore connue
date-other = Autre jour…
date-other-time = Autre heure…
date-yes = ✓ Oui
date-right = { $date } – est-ce correct ?
date-closed = { $date } (l’équipe ne travaille pas ce jour-là)
date-noted = Noté : { $date }.
date-workday = Jour ouvrable { $n } · { $day }
date-not-offered = Pas ce jour-là. Vraiment nécessaire ? Écrivez la date.
date-no-such-day = <code>{ $typed }</code> n’existe pas. Est-ce plutôt :

ask-date-again = Touchez un jour, ou écrivez la date.
ask-date-unreadable = Je ne comprends pas cette date.
ask-date-no-such-time = Cette heure n’existe pas.
ask-date-weekday-differs = Ce jour de la semaine et cette date ne vont pas ensemble. Que voulez-vous dire ?
ask-date-year = Cette année est trop lointaine. Est-ce plutôt :
ask-date-which = Que voulez-vous dire ?
ask-date-past = C’est dans le passé. Est-ce correct ?
ask-date-ahead = C’est encore à venir. Quand était-ce ?
ask-date-moved = L’heure change à ce moment-là. Est-ce la bonne heure ?

hint-moment = Touchez un jour, ou écrivez par exemple : demain à 14 h.
hint-day = Touchez un jour, ou écrivez par exemple : jeu 7 oct.
hint-time = <b>{ $day } : à quelle heure ?</b>
hint-typed-time = <b>{ $day }</b> : écrivez l’heure, par exemple 14 h 15.
reporter-hint-day = Touchez un jour, ou écrivez par exemple « jeudi 7 octobre à 10 h ».
reporter-hint-time = { $day } : à quelle heure ? Touchez-la, ou écrivez-la.

# The file for a phone's own calendar

ics-hearing = audience
ics-eviction = expulsion
ics-new = 📅 { $ref } · <b>{ $what }</b> · { $at }. Ouvrez le fichier pour l’ajouter à l’agenda.
ics-moved = 📅 { $ref } · <b>{ $what }</b>, maintenant { $at }. Ouvrez le fichier pour corriger l’agenda.
ics-gone = 📅 { $ref } · <b>{ $what }</b>, { $at } : n’est plus d’actualité pour vous. Ouvrez le fichier, ou effacez vous-même ce moment de l’agenda.
ics-cancelled = Annulé : { $what }
