# Les mots dont chaque écran peut avoir besoin. Courts, simples, aimables.

refused = Ce n’est pas possible : cela n’existe pas (ou plus), ou c’est pour quelqu’un d’autre.
refused-short = Ce n’est pas possible.
cancelled = Annulé. Rien n’a changé.
done = ✓ C’est fait.
no-dialogue = Cette question est déjà réglée. Rien n’a changé.
nothing-pressed = Ce n’est qu’un titre.
cut-off = … (raccourci)
write-something = Ajoutez des mots ou des chiffres, et je pourrai continuer.
text-only = Ici, je ne lis que du texte. Votre envoi n’a pas été conservé.
two-at-once = Vous aviez encore autre chose en cours. Faut-il continuer, ou abandonner ? Touchez ensuite à nouveau votre bouton.

day-today = aujourd’hui
day-tomorrow = demain
now = maintenant
no-date = sans date
labelled = { $name } : { $value }
list-and = { $first } et { $last }
page-of = { $page } sur { $pages }
and-more = … et encore { $n }
late-word = en retard

# Buttons

press-yes = Oui
press-no = Non
press-yes-label = Oui, { $what }
press-done = ✓ Terminé
press-all-done = Tout est fait ✓
press-some-done = ✓ Terminé : { $n } sur { $m }
press-another = Ajouter encore
press-skip = Passer
press-leave-so = Laisser ainsi
press-skip-rest = Passer le reste
press-tick-all = ☑ Tout
press-back = Retour
press-cancel = Annuler
press-resume = Continuer
press-discard = Abandonner
press-details = Détails
press-more = Plus ▾
press-case = Dossier
press-back-case = ◂ Dossier
press-copy = Copier le n°
press-language = Langue
press-away = Encoder un congé

# Asking facts

ask-first = { $what }. { $label }
ask-known-date =
    { $label }
    Le dossier indique : { $at }.
ask-text = Que voulez-vous ajouter ?
ask-person = À qui ?
ask-moment = Quand ?
ask-day = Quel jour ?
ask-items-action = Quelle action ? Touchez-la, ou écrivez-la vous-même.
ask-items-agreement = Quel accord ? Écrivez-le en une phrase.
who-client = Le bénéficiaire
ask-ticks = Qu’est-ce qui a été fait ?
ask-participants = Qui participe, et avec quel mandat ?
ask-choice = Que choisissez-vous ?
ask-photo = Photo du document
ask-items-who = Qui s’en charge ?
ask-items-day = Pour quel jour ?
ask-items-more = Ajouter autre chose ?
ask-needed = J’en ai besoin pour continuer.
ask-type = Écrivez votre réponse, ou touchez un bouton.
ask-tap = Touchez un des boutons.
ask-blank = Ajoutez des mots ou des chiffres.
ask-too-long = C’est trop long pour un seul message. Raccourcissez-le ; rien n’a été coupé.
ask-photo-again = Envoyez une photo, ou passez.
number-left-out = J’ai vu un numéro de registre national ou de compte. Je l’ai laissé de côté, sans le conserver. Je retire aussi ce message de la conversation. S’il y est encore, supprimez-le.
file-refused = Un fichier pour { $ref } n’a pas été conservé : { $why ->
    [empty] il est vide.
    [large] il dépasse 10 Mo.
    [pixels] la photo est trop grande.
    [full] il y a déjà beaucoup de fichiers.
    [gone] il n’a plus pu être récupéré. Vous pouvez le renvoyer.
   *[kind] je peux conserver des photos, et des PDF sans mot de passe.
 } Tout le reste est conservé.
details-fetching = { $n ->
    [one] 📎 Un fichier est encore à récupérer.
   *[other] 📎 { $n } fichiers sont encore à récupérer.
 }
hint-ticks = Cochez ce qui est fait, puis Terminé.
hint-participants = Une personne par message, par exemple : Jean Peeters, bailleur, mandat oui. Touchez ensuite Terminé.
hint-photo = Envoyez une photo du document, ou passez.
participants =
    Jusqu’ici :
    { $lines }

# Roles

role-worker = travail social
role-coordinator = coordination
role-reporter = personne qui signale
role-actor = la personne qui répond

# Help

help-title = Bonjour { $name }. Je vous rappelle à temps ce qu’il y a à faire ; vous répondez d’un geste.
help-worker =
    /aujourdhui – ce qu’il y a à faire aujourd’hui
    /dossiers – vos dossiers
    /dossier K7QM-4T – un dossier
    /absence – un congé, avec remplacement
    /langue – une autre langue
help-note = Une photo, un message vocal ou un texte est conservé comme note dans un dossier.
help-coordinator =
    /statut – tous les dossiers, ou /statut K7QM-4T
    /retard – ce qui est en retard
    /equipe – qui est là, et qui s’en va
    /inviter – inviter quelqu’un
    /exporter – dossiers et tentatives en fichiers
