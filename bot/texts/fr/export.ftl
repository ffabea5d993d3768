# Exports : tableaux, tentatives de contact et un dossier sur papier.

export-what = Que faut-il exporter ?
press-export-xlsx = Dossiers · Excel
press-export-csv = Dossiers · CSV
press-export-json = Tentatives de contact · JSON
press-export-one = Un dossier · PDF
press-export-pdf = Dossier en PDF
press-export-all = Tout
press-export-make = Créer le fichier
press-export-names = Avec noms et adresses
press-export-no-names = Sans les noms
export-ask-ref = Envoyez <code>/exporter</code> suivi du numéro du dossier, ou ouvrez le dossier et choisissez <i>Plus</i>.
export-which-period = Pour quelle période ? Pour une autre, écrivez par exemple : <code>/exporter 2027-07-01..2027-08-15</code>
export-quarter = { $n ->
    [1] 1er trimestre
   *[other] { $n }e trimestre
} { $year }
export-name-xlsx = Dossiers (Excel)
export-name-csv = Dossiers (CSV)
export-name-json = Tentatives de contact (JSON)
export-period = du { $first } au { $last }
export-period-from = à partir du { $first }
export-period-until = jusqu’au { $last }
export-period-all = depuis le début
export-holds-no-names = Pour chaque dossier : numéro, phase, commune, dates, étapes ouvertes, tentatives et issue. Ni noms, ni adresses, ni numéros de téléphone.
export-holds-names = ⚠ Pour chaque dossier, aussi le nom, le téléphone, l’adresse, le bailleur, le montant et la personne qui le suit.
export-holds-attempts = Toutes les tentatives de contact : type, jour, moment de la journée et résultat, par numéro de dossier. Ni noms ni adresses. La forme est celle de DDAS 0.9 (VNG).
export-holds-case = ⚠ Tout sur ce dossier : nom, téléphone, adresse, ce qui s’est passé et ce qui a été dit. Pour qui le reprend.
export-goes = Le fichier n’est envoyé qu’ici. Il disparaît après dix minutes et la demande est consignée.
export-stays = Le fichier n’est envoyé qu’ici et peut être conservé. La demande est consignée.
export-count = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
}
export-gone = Le fichier s’ouvre, mais ne peut être ni transféré ni enregistré. Il disparaît, avec ce message, après dix minutes.
export-kept = Il ne contient aucun nom. Conservez-le là où l’équipe garde ce genre de fichiers.
export-none = Il n’y a rien pour cette période.
export-too-many = Cela fait plus de { $n } dossiers : trop pour le chat. Choisissez une période plus courte, ou demandez à la personne qui gère Kier : <code>kier export</code>

# Dans les tableaux

export-sheet-cases = Dossiers
export-sheet-attempts = Tentatives de contact
export-sheet-about = À propos de ce fichier
export-cases-of = { $n ->
    [1] 1 dossier signalé
   *[other] { $n } dossiers signalés
} { $period }
export-made-by = Créé le { $day } à { $clock } par { $name }
export-made-here = Créé le { $day } à { $clock } sur le serveur de l’équipe
export-about-attempts = Joint : on a parlé de vive voix au bénéficiaire lui-même. Un petit mot, une messagerie ou un cohabitant ne compte pas.
export-open = ouvert
export-closed = clôturé
export-joined = joint à un autre dossier
export-help-yes = accepte de l’aide
export-help-no = pas d’aide actuellement
export-by-phone = téléphone
export-by-visit = visite à domicile
export-by-meeting = réunion
export-by-note = petit mot
export-by-letter = lettre
export-by-message = message
export-by-mail = e-mail
export-col-ref = Numéro
export-col-procedure = Procédure
export-col-state = Situation
export-col-phase = Phase
export-col-kind = Signalement
export-col-place = Commune
export-col-received = Signalé le
export-col-first-day = Jour ouvrable 1
export-col-episode = Épisode
export-col-crisis = Crise
export-col-hearing = Audience
export-col-eviction = Expulsion
export-col-served = Signification
export-col-steps = Étapes ouvertes
export-col-deadline = Première échéance
export-col-attempts = Tentatives
export-col-calls = Appels
export-col-visits = Visites
export-col-notes = Petits mots
export-col-first-try = Première tentative
export-col-reached = Joint
export-col-first-talk = Premier entretien
export-col-help = Aide
export-col-outcome = Issue
export-col-closed = Clôturé le
export-col-check = Après trois mois
export-col-worker = Suivi par
export-col-client = Nom
export-col-phone = Téléphone
export-col-address = Adresse
export-col-landlord = Bailleur
export-col-amount = Arriérés
export-col-date = Quand
export-col-channel = Comment
export-col-step = Étape
export-col-answer = Réponse
export-col-relation = Qui signale
export-col-why = Pourquoi
export-col-view = Ce qui se passe
export-col-text = Récit
export-col-reporter = Signalé par

# Le dossier sur papier

export-file-title = Dossier { $ref }
export-confidential = confidentiel
export-page = Page
export-of = sur
export-unknown-letters = ▯ remplace un caractère qui n’a pas pu être imprimé. Il se lit dans le chat.
export-nothing = Rien.
export-part-stands = Où en est le dossier
export-part-client = Le bénéficiaire et le signalement
export-part-next = Ce qui reste à faire
export-part-agreements = Actions et accords
export-part-tried = Tentatives
export-part-story = Ce qui s’est passé
export-part-said = Ce qui a encore été dit
export-closed-on = clôturé le { $on } : { $outcome }
export-by = au plus tard le { $at }
export-from = à partir du { $at }
export-no-date = sans date
export-pending = encore ouvert
export-tried = { $n ->
    [one] une fois
   *[other] { $n } fois
}, { $reached ->
    [0] non joint
    [1] joint une fois
   *[other] joint { $reached } fois
}
export-files = { $n ->
    [one] Une photo, un enregistrement ou un document se trouve dans le chat.
   *[other] { $n } photos, enregistrements ou documents se trouvent dans le chat.
}
