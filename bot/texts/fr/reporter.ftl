# Ce que lit une personne qui signale. Toujours « vous », court, aimable, sans juger locataire ni bailleur.

reporter-welcome =
    <b>Bonjour, ici l’équipe { $team }.</b>
    Vous craignez qu’un locataire perde son logement ? Racontez-le en un message, avec vos mots, ou laissez-vous guider par les questions.

    Ne donnez pas de données médicales ou très personnelles. Seule l’équipe voit ce que vous écrivez ; les conversations Telegram ne sont pas entièrement chiffrées.
reporter-way =
    <b>Faire un signalement</b>
    Racontez-le en un message, avec vos mots, ou laissez-vous guider par les questions.
reporter-button-free = Je l’écris
reporter-button-guided = Guidez-moi
reporter-button-about = À propos
reporter-button-mine = Mes signalements
reporter-button-support = Soutien à mon organisation
reporter-button-new = Nouveau signalement
reporter-button-back = Retour
reporter-button-skip = Je ne sais pas
reporter-button-keep = Laisser ainsi
reporter-button-cancel = Annuler
reporter-button-send = ✓ Envoyer
reporter-button-resume = Continuer
reporter-button-discard = Abandonner
reporter-button-add-waiting = Oui, ajouter
reporter-button-copy = Copier le numéro
reporter-button-add = Compléter
reporter-button-add-to = Compléter { $ref }
reporter-yes = Oui
reporter-no = Non

reporter-invited-only =
    Bonjour, ici l’équipe { $team }. Seules les personnes invitées par l’équipe peuvent faire un signalement ici. Vous avez reçu une invitation ? Ouvrez alors le lien qu’elle contient.
reporter-phone-line = C’est urgent ? Appelez-nous au { $phone }.
reporter-about =
    <b>Signaler une menace d’expulsion · { $team }</b>
    Ici, vous signalez que quelqu’un risque de perdre son logement. L’équipe prend contact et cherche une solution, avec le locataire et le bailleur.
reporter-about-privacy =
    <b>Que devient ce que vous écrivez ?</b>
    Seule l’équipe le voit. Nous ne le gardons pas plus longtemps que nécessaire. Les conversations Telegram ne sont pas entièrement chiffrées : ne donnez pas de données médicales, de numéro de registre national ni de numéro de compte.

reporter-free =
    <b>Racontez-le en un message.</b>
    De qui s’agit-il, où habite cette personne, à quel numéro peut-on la joindre, et que se passe-t-il ? Cela aide aussi : depuis quand, le montant des arriérés, et s’il y a déjà une date d’audience ou d’expulsion. Je demanderai ensuite ce qui manque.
reporter-write = Écrivez-le en quelques mots, pour que je puisse le lire.
reporter-which-procedure = <b>De quoi s’agit-il ?</b> Choisissez ce qui convient le mieux.
reporter-procedure-ravels = Arriérés ou lettre du tribunal
reporter-procedure-eropaf = Autre souci de logement
reporter-which-report =
    <b>Est-ce un nouveau signalement ?</b>
    Ou votre message concerne-t-il un signalement déjà fait ?

reporter-place = Question { $n } sur { $m }
reporter-ask-kind = Quel est l’objet de votre signalement ?
reporter-ask-consent = Le bailleur accepte-t-il que le service social en soit informé ?
reporter-choose = Touchez une des réponses.
reporter-required = Sans cela, nous ne pouvons pas commencer. Ce que vous savez suffit.
reporter-too-long = C’est trop long ({ $n } caractères, il y a place pour { $max }). Je n’en ai rien conservé. Pouvez-vous le dire plus brièvement ?
reporter-story-full = Ce dernier message n’a plus trouvé de place : le signalement est déjà très long. Ce que vous avez écrit avant y est toujours. Pouvez-vous le dire plus brièvement ?
reporter-many = Vous avez envoyé beaucoup de signalements en une heure ; nous les lisons tous. Celui-ci est prêt : touchez encore Envoyer un peu plus tard.
reporter-many-call = C’est urgent ? Appelez le { $phone }.
reporter-several = Je lis plus d’un locataire ou plus d’une adresse. Un signalement concerne un seul ménage. De qui s’agit-il dans celui-ci ? Pour les autres, faites ensuite un nouveau signalement.
reporter-noted = Noté : { $value }.

reporter-phone-not_a_number = Je n’y reconnais pas de numéro de téléphone. Écrivez seulement le numéro, par exemple 0470 12 34 56.
reporter-phone-letters = Il y a des lettres dedans. Écrivez seulement le numéro, par exemple 0470 12 34 56.
reporter-phone-too_short = Ce numéro est trop court. Pouvez-vous vérifier ?
reporter-phone-too_long = Ce numéro est trop long. Pouvez-vous vérifier ?
reporter-phone-premium = C’est un numéro surtaxé, nous ne l’appelons pas. Avez-vous un autre numéro ?
reporter-amount-unclear = Je peux lire ce montant de plusieurs façons. Écrivez par exemple « 1240 euros » ou « 2 mois ».
reporter-amount-which = <b>{ $n } : euros ou mois ?</b>
reporter-date-which = <b>De quel jour s’agit-il ?</b>
reporter-date-none = <b>« { $typed } » n’existe pas. Voulez-vous dire :</b>
reporter-date-unclear = Je ne comprends pas cette date. Écrivez par exemple « 7 octobre » ou « jeudi 7 octobre à 10 h ».
reporter-date-past = <b>{ $date } est déjà passé. Est-ce correct ?</b>
reporter-date-moved = <b>Cette heure n’existe pas, à cause du passage à l’heure d’été. Voulez-vous dire { $date } ?</b>

reporter-understood = Merci. Voici ce que j’ai compris. Touchez une ligne pour la modifier.
reporter-correct = <b>Est-ce correct ?</b>
reporter-files = En annexe : { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
 }.
reporter-files-offer = Une lettre ? Envoyez-en une photo ou un PDF.
reporter-line-kind = Objet
reporter-line-consent = Accord du bailleur
reporter-line-client = Locataire
reporter-line-address = Adresse
reporter-line-phone = Téléphone
reporter-line-amount = Montant
reporter-line-relation = Vous
reporter-line-text = Votre récit
reporter-line-why = Pourquoi maintenant
reporter-line-view = Ce qui se passe
reporter-line-hearing = Audience
reporter-line-eviction = Date d’expulsion
reporter-not-known = pas précisé
reporter-months = { $n } mois
reporter-still-missing = Il manque encore quelque chose avant l’envoi.
reporter-sent = ✓ Envoyé. Merci.
reporter-cleared = Ce que vous avez écrit est effacé de ce chat ; l’équipe l’a reçu.
reporter-not-sent = Je n’ai pas pu l’envoyer. Ce que vous avez écrit y est toujours ; réessayez un peu plus tard.

reporter-resume = <b>Vous aviez commencé un signalement ({ $client }).</b> Il n’est pas encore envoyé.
reporter-resume-waiting =
    <b>Vous aviez commencé un signalement ({ $client }).</b>
    Le message que vous venez d’envoyer en fait-il partie ?
reporter-without-name = encore sans nom
reporter-discarded = Bien, rien n’a été envoyé ni conservé. Vous pouvez recommencer à tout moment.
reporter-draft-expired = Votre signalement précédent n’a pas été envoyé dans les trois jours ; il est effacé.
reporter-no-draft = Ce signalement est déjà envoyé ou abandonné. Rien n’a changé.
reporter-old-question = Cette question a déjà sa réponse. Rien n’a changé.

reporter-file-kept = Le fichier est ajouté.
reporter-file-kind = Je ne peux pas conserver ce type de fichier. Envoyez une photo ou un PDF.
reporter-file-empty = Ce fichier est vide. Pouvez-vous le renvoyer ?
reporter-file-large = Ce fichier est trop grand (plus de 10 Mo). Envoyez une photo ou un PDF plus petit.
reporter-files-full = Il y a déjà { $max } fichiers avec ce signalement. C’est assez pour commencer.
reporter-text-only = Je ne peux pas lire cela et ne l’ai pas conservé. Écrivez-le, ou envoyez une photo ou un PDF.
reporter-contact = Je ne conserve pas de contact partagé. Écrivez le numéro de téléphone : ainsi, pas de malentendu.

reporter-receipt =
    <b>Votre signalement est reçu</b>, { $day } à { $clock }, numéro <code>{ $ref }</code>.
reporter-mine = <b>Vos signalements</b>
reporter-mine-line = <code>{ $ref }</code> · { $status }
reporter-status-received = reçu
reporter-status-worked-on = en traitement
reporter-status-closed = clôturé
reporter-none = Vous n’avez pas encore fait de signalement.

reporter-add =
    <b>Compléter <code>{ $ref }</code></b>
    Écrivez ce que vous voulez ajouter, envoyez une photo ou un PDF, ou choisissez :
reporter-add-closed = Le signalement <code>{ $ref }</code> est clôturé. Il se passe à nouveau quelque chose ? Faites alors un nouveau signalement.
reporter-add-eviction = <b>Quand a lieu l’expulsion ?</b>
reporter-add-hearing = <b>Quand a lieu l’audience ?</b>
reporter-button-add-paid = Le loyer est payé
reporter-button-add-eviction = Date d’expulsion
reporter-button-add-hearing = Date d’audience
reporter-button-add-withdraw = Retirer le signalement
reporter-sure-paid = <b>Le loyer du signalement <code>{ $ref }</code> est payé ?</b> L’équipe décide alors de la suite.
reporter-sure-withdraw = <b>Retirer le signalement <code>{ $ref }</code> ?</b> L’équipe décide alors de la suite.
reporter-withdrawn = Vous retirez <code>{ $ref }</code> : c’est transmis. L’équipe décide de la suite.
reporter-nothing-changed = Bien, rien n’a changé.

reporter-support = <b>Écrivez en un message ce que vous voulez demander</b> et comment vous joindre.
reporter-support-passed = Merci. Nous avons transmis votre demande ; vous aurez de nos nouvelles.
