# Les chiffres et les images de la coordination : ce qui est compté, en mots, à côté de ce qui est publié.

figures-title = Chiffres · { $period }
figures-whose = Signalements reçus du { $first } au { $last }, avec tout ce qui a suivi.
figures-none = Aucun signalement n’a été reçu pendant cette période.
figures-cut = Il y a plus de dossiers que je n’en compte en une fois : ces chiffres ne sont pas complets. Choisissez une période plus courte.
period-quarter = { $n ->
    [1] 1er trimestre
   *[other] { $n }e trimestre
} { $year }
period-days = { $first } – { $last }

figures-head-reach = Qui a été joint
figures-head-tries = Le nombre de tentatives
figures-head-times = En combien de temps
figures-head-course = En chemin
figures-head-end = Comment cela s’est terminé
figures-head-steps = Étapes et délais
figures-means = Ce qui est compté

figure-reports = Signalements : { $n }, dans { $cases ->
    [one] { $cases } dossier
   *[other] { $cases } dossiers
}
figure-reached = tous les dossiers
figure-reached-phone = avec une tentative par téléphone
figure-reached-visit = avec une visite à domicile
figure-reached-written = petit mot ou lettre seulement
figure-tries-few = 1 ou 2 tentatives
figure-tries-three = 3 tentatives
figure-tries-many = 4 tentatives ou plus
figure-attempts = Tentatives : { $n }
figure-first-attempt = première tentative
figure-first-talk = premier entretien
figure-visits = entrée possible lors d’une visite
figure-notes = petit mot laissé, puis un contact
figure-help = aide acceptée
figure-averted = expulsion évitée à la clôture
figure-averted-later = toujours évitée après trois mois
figure-closed = Clôturés : { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
}
figure-no-steps = Pas encore d’étape avec un délai.

channel-n = { $channel ->
    [phone] { $n ->
        [one] { $n } appel
       *[other] { $n } appels
    }
    [visit] { $n ->
        [one] { $n } visite à domicile
       *[other] { $n } visites à domicile
    }
    [meeting] { $n ->
        [one] { $n } réunion
       *[other] { $n } réunions
    }
    [note] { $n ->
        [one] { $n } petit mot
       *[other] { $n } petits mots
    }
    [letter] { $n ->
        [one] { $n } lettre
       *[other] { $n } lettres
    }
    [message] { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
   *[mail] { $n ->
        [one] { $n } e-mail
       *[other] { $n } e-mails
    }
}
kept-on-time = à temps
kept-late-reason = en retard, avec motif
kept-late = en retard
kept-deviated = fait autrement
kept-missed = pas fait

figure-line = { $label } : { $said }
quoted-word = « { $word } »
share-words = { $n } sur { $of } ({ $part } %)
share-none = pas encore
share-few = { $n } sur { $of }
published-words = { $source } : { $part } %
half-within = la moitié en { $time } ({ $of })
too-few-times = trop peu pour le dire ({ $of })
time-words = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes }
}

means-reports = Un signalement compte le jour où il a été reçu. Un deuxième signalement sur un dossier ouvert compte comme signalement, pas comme dossier.
means-reached = Joint : quelqu’un de l’équipe a parlé au bénéficiaire lui-même, ou le bénéficiaire nous a contactés. Une messagerie, un cohabitant ou un petit mot ne comptent pas.
means-ways = Avec une tentative par téléphone ou une visite : les dossiers où cela a été tenté, quelle que soit la façon dont ils ont été joints. Petit mot ou lettre seulement : rien d’autre n’a été tenté.
means-tries = Tentatives jusqu’au premier entretien compris. Le pourcentage se calcule sur les dossiers avec ce nombre de tentatives.
means-published = À côté, ce que des communes des Pays-Bas ont obtenu : { $source }, baromètre de la détection précoce. D’autres équipes, d’autres signalements : un repère, pas une note.
means-attempts = Une tentative, c’est chaque appel, visite, petit mot ou lettre au bénéficiaire noté comme fait. Les réponses corrigées ne comptent pas.
means-times = Temps de travail du signalement à la première tentative et au premier entretien : seulement les heures d’ouverture de l’équipe. La moitié des dossiers est allée plus vite.
means-visits = Sur toutes les visites à domicile : combien de fois le bénéficiaire nous a fait entrer.
means-notes = Dossiers avec un petit mot dans la boîte aux lettres : dans combien il y a eu ensuite un entretien ou un contact.
means-help = Parmi les dossiers joints : le bénéficiaire a finalement dit oui à l’aide.
means-closed = Dossiers clôturés à ce jour. Un dossier rouvert compte selon sa dernière clôture.
means-averted = Parmi les dossiers clôturés : ceux clôturés avec { $outcomes }.
means-averted-later = Parmi ceux-là : au suivi après trois mois, les gens y habitaient encore. On compte les suivis où quelqu’un a été joint.
means-steps = À temps : fait dans le premier délai. En retard, avec motif : après, avec un motif ou une prolongation. Fait autrement : on a dérogé au plan. Pas fait : le délai est passé sans réponse.
means-few = En dessous de { $n }, pas de pourcentage, seulement le nombre : ainsi, on ne reconnaît personne.

press-figures = Chiffres
press-figures-before = Trimestre précédent
press-figures-means = Que compte-t-on ?
press-figures-back = Retour aux chiffres

figures-problem-not-understood = Je ne connais pas cette période. Écrivez par exemple <code>/chiffres 2027-T3</code>, <code>2027</code>, <code>2027-09</code> ou <code>2027-07-01..2027-09-30</code>.
figures-problem-no-such-day = Ce jour n’existe pas. Écrivez par exemple <code>/chiffres 2027-07-01..2027-09-30</code>.
figures-problem-backwards = Cette période finit avant de commencer. Les deux jours sont-ils inversés ?
figures-problem-not-begun = Cette période n’a pas encore commencé.
figures-problem-too-long = C’est plus de trois ans. Choisissez une période plus courte.

chart-few = Moins de { $n } : pas de pourcentage, donc pas de barre
chart-none = Encore rien à montrer
chart-none-why = Aucun signalement n’a été reçu.
chart-others = { $n ->
    [one] { $n } autre
   *[other] { $n } autres
}
board-title = Dossiers ouverts par étape
board-load = Dossiers ouverts par personne
board-late = en retard
board-today = aujourd’hui
board-later = plus tard
board-no-step = pas d’étape suivante
board-nobody = encore personne
board-none-why = Il n’y a pas de dossiers ouverts.
timeline-title = Prévu et fait
timeline-planned = prévu, jusqu’à l’échéance
timeline-open = ouvert
timeline-no-deadline = sans délai
timeline-now = maintenant
timeline-shut = jour de fermeture
timeline-none-why = Aucune étape n’a encore commencé.

help-figures = /chiffres – comment s’est passé un trimestre, ou /chiffres 2027-T3
