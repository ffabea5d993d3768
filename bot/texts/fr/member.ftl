# Ce que lisent les membres de l’équipe et les nouveaux venus.

member-help =
    <b>Que pouvez-vous faire ici ?</b>
    Écrivez simplement ce qui se passe, et votre signalement commence.
    /signaler – faire un signalement
    /signalements – vos signalements
    /apropos – à propos de ce service
    /langue – une autre langue
    /reglages – réglages
member-button-report = Faire un signalement
member-button-away = Je suis en congé
member-settings =
    <b>{ $name }</b> · { $role }
    Langue : { $tongue }
member-settings-reporter = Langue : { $tongue }

member-language =
    <b>Quelle langue ?</b> · Welke taal? · Which language?
member-language-set = ✓ Désormais en français.

member-link-invalid = Ce lien n’est pas (ou plus) valable. Demandez une nouvelle invitation à l’équipe.
member-waiting = Merci. La coordination doit encore confirmer que c’est bien vous ({ $team }). Vous recevrez un message ici.
member-joined = ✓ C’est fait, vous êtes des nôtres. Écrivez /start pour commencer.
member-welcome = <b>Bienvenue, { $name }.</b> { $team } – votre rôle : { $role }.
member-welcome-more = Écrivez /aide pour voir ce que vous pouvez demander.
member-declined = La coordination n’a pas confirmé cette invitation ({ $team }). Est-ce une erreur ? Prenez alors contact avec l’équipe.
member-confirm =
    <b>Quelqu’un a ouvert l’invitation pour { $name }</b> ({ $role }).
    Dans Telegram, cette personne s’appelle : { $shown }. Un nom dans Telegram ne prouve rien ; en cas de doute, vérifiez auprès d’elle.
member-button-confirm = ✓ C’est exact
member-button-refuse = Refuser l’accès
member-confirmed = ✓ { $name } a maintenant le rôle : { $role }.
member-refused = Accès refusé. L’invitation est annulée.
member-already-decided = Cette invitation a déjà été traitée. Rien n’a changé.

member-group =
    <b>J’ai été ajouté au groupe « { $title } ».</b>
    Est-ce le canal de l’équipe ? N’y viennent que des numéros, la phase et la commune, jamais un nom ni une adresse.
member-button-group-yes = Oui, c’est notre canal
member-button-group-no = Non, quitter le groupe
member-group-confirmed = ✓ C’est maintenant le canal de l’équipe.
member-group-left = Bien, je quitte ce groupe.
member-group-personal = Il y a peut-être ici quelque chose de personnel au sujet d’un bénéficiaire. Je ne l’ai pas conservé. Pouvez-vous supprimer ce message ? Écrivez-le-moi plutôt en privé.
member-group-invite = Une invitation ne fonctionne qu’en privé avec moi. Tout le monde a pu lire celle-ci, elle est donc annulée.
member-group-private = Ce n’est possible qu’en privé avec moi.
member-channel-removed = J’ai été retiré du canal de l’équipe. Les nouveaux signalements ne vous arrivent plus qu’ici. Ajoutez-moi à nouveau pour utiliser le canal.
member-channel-muted = Je ne peux plus écrire dans le canal de l’équipe. Les nouveaux signalements ne vous arrivent plus qu’ici.
member-channel-demoted = Je ne suis plus administrateur du canal de l’équipe. Je ne peux plus y retirer de messages.
member-left-group =
    <b>{ $name } a quitté le canal.</b>
    Les droits et les dossiers n’ont pas changé. { $name } quitte aussi l’équipe ?
member-button-left-team = Oui, quitte l’équipe
member-button-still-there = Non

member-leave-sure =
    <b>Voulez-vous quitter l’équipe ?</b>
    { $n ->
        [0] Vous n’avez pas de dossiers ouverts.
        [one] Votre dossier ouvert retourne à la coordination.
       *[other] Vos { $n } dossiers ouverts retournent à la coordination.
    }
member-button-leave-yes = Oui, je m’en vais
member-button-leave-no = Non, je reste
member-leave-stay = Bien, rien n’a changé.
member-leave-farewell = Vous avez quitté l’équipe. Ce qui restait ouvert revient à la coordination. Merci pour tout.
member-leave-last = Vous êtes la dernière personne à la coordination ; quelqu’un doit pouvoir diriger l’équipe. Invitez d’abord quelqu’un d’autre pour la coordination.
member-leave-not = Cela n’a pas marché. Rien n’a changé.
