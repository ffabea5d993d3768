# Ce que le chemin principal dit lui-même : messages répétés et périmés, alarmes, congés.

again = (à nouveau)
already-answered = Ce bouton appartient à une question à laquelle on a déjà répondu. Rien n’a changé.
edited = Je ne relis pas un message modifié. Renvoyez-le comme nouveau message, et j’en tiendrai compte.
prompt-over = Cette question n’est plus ouverte.
prompt-moved = Cette question est maintenant posée à { $name }.

missed = J’ai été indisponible un moment. { $n ->
    [one] Un message date d’alors :
   *[other] { $n } messages datent d’alors, par dossier :
}

alarm-not-deleted = Je n’ai plus pu supprimer un message avec des données personnelles (plus de 48 heures). Demandez à qui l’a reçu de le supprimer.
alarm-not-deleted-channel = Il y a peut-être quelque chose de personnel dans le canal, et je n’ai pas le droit de le supprimer. Demandez à la personne qui l’a écrit de le faire, ou nommez-moi administrateur avec le droit de supprimer des messages.
alarm-not-deleted-of = Je n’ai plus pu supprimer un message avec des données personnelles de { $ref } (plus de 48 heures). Demandez à { $name } de le supprimer.
flood = Cela fait beaucoup de messages d’un coup. Je reprends la lecture dans une minute ; ce qui était déjà dans le signalement y est toujours.
alarm-dead-letters = Il y a { $number } messages que je n’ai pas pu lire. Ils sont conservés. Demandez à la personne qui gère Kier de les examiner : kier doctor.
alarm-guessing = { $name } a demandé { $number } fois en une heure un dossier qui n’existe pas ou que suit quelqu’un d’autre. Pendant une heure, je ne cherche plus de numéro pour cette personne. Une erreur ? Cela se règle tout seul. Sinon : /equipe permet de retirer quelqu’un de l’équipe tout de suite.
alarm-dead-letter = Il y a un message que je n’ai pas pu traiter (n° { $number }). Il est conservé. Demandez à la personne qui gère Kier de l’examiner : kier doctor.
alarm-invite-burnt = L’invitation pour { $name } a été montrée dans un groupe et ne vaut plus. Faites-en une nouvelle avec /inviter.
alarm-undelivered = { $name } n’a pas reçu un message sur <code>{ $ref }</code> : la conversation est fermée ou bloquée. Prenez contact vous-même, ou transmettez le dossier.
alarm-perhaps-undelivered = { $name } n’a peut-être pas reçu un message sur <code>{ $ref }</code>. Posez-lui la question.
alarm-stand-in-refused = La personne demandée pour remplacer { $name } ne peut pas. Choisissez quelqu’un d’autre avec /absence.
alarm-assigned = <code>{ $ref }</code> est confié à { $name }.
alarm-inbox-behind = Depuis { $since }, des messages que j’ai reçus restent en attente. Ils sont conservés et personne ne doit rien renvoyer. Demandez à la personne qui gère Kier de regarder : kier doctor.
alarm-prompts-behind = Depuis { $since }, je suis en retard pour des questions qui devaient être posées. Elles viendront encore, plus tard. En attendant, regardez avec /aujourdhui ce qui est urgent, et demandez à la personne qui gère Kier de regarder : kier doctor.
alarm-unsent = Depuis { $since }, des messages ne sont pas partis à temps : Telegram n’était pas joignable ou était trop lent. Ils viendront encore, chacun une fois. Regardez avec /aujourdhui ce qui est urgent. Cela continue ? Demandez à la personne qui gère Kier de regarder : kier doctor.
alarm-backup-old = La dernière sauvegarde date de { $since }. Tout le reste continue normalement. Demandez à la personne qui gère Kier de regarder : kier doctor.
alarm-disk-low = Le disque sur lequel je conserve tout est presque plein. Tout fonctionne encore. Demandez à la personne qui gère Kier de faire de la place cette semaine : kier doctor.

stand-in-ask = { $name } est en congé du { $from } au { $to } inclus et vous demande d’assurer le remplacement. Est-ce possible ?
stand-in-yes = Oui, je remplace
stand-in-no = Non, je ne peux pas
stand-in-accepted = { $name } vous remplace.
stand-in-refused = { $name } ne peut pas vous remplacer. Tant qu’il n’y a personne, vos questions vont à la coordination.

support-request = { $name } demande un soutien pour son organisation : « { $text } »

command-report = Faire un signalement
command-reports = Mes signalements
command-today = Ce qu’il y a à faire aujourd’hui
command-cases = Mes dossiers
command-status = Où en est-on
command-away = Encoder un congé
command-language = Autre langue
command-help = Aide

intake-client = De qui s’agit-il ?
intake-address = À quelle adresse ?
intake-phone = À quel numéro peut-on joindre cette personne ?
intake-text = Que se passe-t-il ?
