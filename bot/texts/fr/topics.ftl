# Ce que le canal lit d’un dossier, et ce que les coordinateurs apprennent de ses sujets.

topic-closed = clôturé · { $at }
topic-reopened = rouvert · { $at }
topic-phase = { $before } → { $after }
topic-moved = passe à { $name } · { $at }
topic-with-coordinator = la coordination décide qui prend ce dossier

topics-no-rights = Je ne peux pas créer de sujets dans le canal. Donnez-moi, comme administrateur, le droit <i>Gérer les sujets</i>. D’ici là, j’écris dans le groupe même.
topics-refused = Créer des sujets ne fonctionne pas dans le canal. J’écris dans le groupe même ; rien ne se perd.
topics-not-forum = Le canal n’a plus de sujets. J’écris maintenant dans le groupe même.
topics-gone = Le sujet de <code>{ $ref }</code> n’existe plus ou est verrouillé. La suite, je l’écris dans le groupe même.
