# Ce dont tout écran peut avoir besoin, quels que soient l’étape et le rôle.

call-wanted = 📞 Le bénéficiaire a demandé à être appelé maintenant.
needs-worker = ➡️ <b>Il faut quelqu’un pour ce dossier.</b>
told-date = { $what } : { $at }
answered-item = { $said } : { $item }
nudge-over = { $what } : réponse donnée
press-copy-phone = Copier le téléphone
said-reason = Raison : { $text }
said-deviation = Fait autrement : { $text }
said-participants = Autour de la table : { $text }
said-added = De la personne qui signale : { $text }
cannot-too-late = Trop tard pour corriger : une suite a été donnée, ou plus d’un jour a passé. Rien n’a changé. « Note » ou « Fait autrement » permet de rectifier.
answered-by = Ce bouton appartient à une question à laquelle { $name } a déjà répondu ({ $at } : { $said }). Rien n’a changé.
answered-by-you = Vous avez déjà répondu à cette question ({ $at } : { $said }). Rien n’a changé.
info-handed-over-you = ➡️ <b>Ce dossier vous est maintenant confié.</b>
event-phase-first = Phase : { $after }
details-no-phone = ☎ Aucun numéro connu
help-more =
    /reglages – langue, congés et jours de travail
    /quitter – quitter l’équipe
