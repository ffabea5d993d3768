# Une feuille par rôle, sur papier.

handout-open = Scannez le code, ou cherchez { $bot } dans Telegram, et touchez Démarrer.
handout-invited = Ouvrez l’invitation reçue de la coordination. Ensuite, le code ramène toujours au bot.
handout-type = Ceci peut aussi s’écrire
handout-phone = C’est urgent, ou plutôt par téléphone ? { $phone }
handout-privacy = Pas de données médicales, de numéro de registre national ni de numéro de compte. Seule l’équipe lit ce qui est écrit. Les conversations Telegram ne sont pas entièrement chiffrées.

handout-reporter-title = Quelqu’un risque de perdre son logement ?
handout-reporter-lead = Signalez-le à { $team }. Plus c’est tôt, plus on peut agir.
handout-reporter-steps =
    Dites avec vos mots de qui il s’agit, où cette personne habite, à quel numéro la joindre et ce qui se passe.
    Relisez ce que le bot a compris. C’est juste ? Touchez Envoyer. Vous recevez un numéro.
    L’équipe prend contact avec la personne concernée. Mes signalements montre si le vôtre est traité. Sur la personne elle-même, nous ne disons rien.

handout-worker-title = Kier demande, un doigt répond
handout-worker-lead = Le bot ({ $team }) demande à temps ce qu’il faut faire. On répond d’un doigt.
handout-worker-steps =
    Chaque question dit le jour ouvrable, le dossier et l’échéance. Nom, téléphone et adresse sont derrière Détails et disparaissent après dix minutes.
    C’est fait ? Touchez la réponse. Une erreur ? Corriger reste à côté pendant un jour.
    Autrement que prévu ? Plus : contact pris par la personne, fait autrement, plus tard, transmettre, pourquoi maintenant.
    N’écrivez jamais un nom ou une adresse dans le groupe. Il ne contient que des numéros.

handout-coordinator-title = À neuf heures, savoir ce qui compte
handout-coordinator-lead = Chaque matin, le bot ({ $team }) dit en un seul message ce qui demande de l’attention.
handout-coordinator-steps =
    Un nouveau signalement ? Touchez à qui le confier. Le bot surveille les échéances et pose les questions à temps.
    Quelque chose est resté en attente ? Répondez, transmettez, donnez un délai motivé, ou prenez-le.
    Choisissez un code de sécurité dès le premier jour : /code. Personne ne pourra alors, avec votre téléphone, créer un fichier ni faire entrer quelqu’un.
    Quelqu’un s’en va ? /equipe. Ses droits s’arrêtent aussitôt et ses dossiers vous reviennent.
