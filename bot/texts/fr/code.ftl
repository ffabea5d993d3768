# Le code de sécurité d’une personne qui coordonne (S22).

help-code = /code – votre code de sécurité
code-ask-new = <b>Choisissez un code de sécurité : six chiffres.</b>
    Il sera demandé avant tout fichier de dossiers, et quand quelqu’un entre dans l’équipe ou la quitte, ou que le canal change. Ainsi, prendre votre téléphone en main ne suffit pas. Ce que vous écrivez ici est effacé aussitôt.
code-ask-again = <b>Écrivez encore une fois les six mêmes chiffres.</b>
code-ask-old = <b>Écrivez d’abord votre code actuel.</b>
code-ask-enter = <b>Votre code de sécurité ?</b> Six chiffres, effacés aussitôt.
code-six = Ce ne sont pas six chiffres.
code-easy = Ce code est trop facile à deviner.
code-not-same = Ce n’étaient pas deux fois les mêmes chiffres.
code-wrong = Ce n’est pas votre code. { $left ->
    [one] Encore un essai.
   *[other] Encore { $left } essais.
}
code-set = ✓ <b>Votre code de sécurité est choisi.</b> Oublié ? La personne qui gère Kier peut l’effacer ; vous en choisirez un autre.
code-right = ✓ C’est le bon. Il ne sera plus demandé jusqu’à { $at }.
code-press-go-on = Continuer
code-barred = Trop de codes erronés : impossible jusqu’à { $at }. La coordination est au courant. Oublié ? La personne qui gère Kier peut l’effacer.
cannot-needs-code = Il faut votre code de sécurité. Recommencez : il sera demandé d’abord.
