# Sauvegardes : ce que la coordination en apprend.

backup-failed = La sauvegarde n’a pas pu être faite. Tout le reste continue normalement. Demandez à la personne qui gère Kier de regarder : kier doctor.
restored = <b>Tout est revenu à la situation d’avant : { $when }.</b>
restored-lost = Je ne connais plus les signalements, réponses et changements venus ensuite. Merci de les redonner. Les boutons des messages d’après ne fonctionnent plus ; ce qui est encore ouvert, je le redemande.
restored-again = { $n ->
    [one] Un message était prêt à ce moment-là. Il vient encore une fois, marqué (à nouveau).
   *[other] { $n } messages étaient prêts à ce moment-là. Ils viennent encore une fois, marqués (à nouveau).
}
restored-doubtful = { $n ->
    [one] Pour un message, il n’est pas certain qu’il soit arrivé. Je ne le renvoie pas.
   *[other] Pour { $n } messages, il n’est pas certain qu’ils soient arrivés. Je ne les renvoie pas.
}
restored-people = Vérifiez avec /equipe qui fait partie de l’équipe. Les invitations pas encore utilisées sont à refaire : /inviter.
