# Combien de temps ce qui est personnel est gardé, et qui l’a consulté : pour les coordinateurs.

retention-soon = { $n ->
    [one] Les données personnelles d’un dossier seront bientôt effacées :
   *[other] Les données personnelles de { $n } dossiers seront bientôt effacées :
}
retention-goes = Disparaissent alors pour de bon : noms, adresses, numéros de téléphone, ce que les gens ont dit, et les fichiers.
retention-stays = Restent : le numéro du dossier, ses étapes, leurs dates, et les chiffres.
retention-longer = Vous avez besoin d’un dossier plus longtemps ? Touchez son numéro.
retention-why = Pourquoi avez-vous besoin de <code>{ $ref }</code> plus longtemps ? Il est alors gardé { $months } mois de plus, et votre raison est notée.
press-retain-court = Une procédure en justice
press-retain-complaint = Une plainte
press-retain-contact = Nous sommes encore en contact
retention-kept = <code>{ $ref }</code> est gardé jusqu’au { $on }. C’est noté, avec la raison.
retention-cannot = Ce n’est pas possible : ce dossier est ouvert, ou déjà effacé.
saw-ask-ref = De quel dossier ? Envoyez <code>/quiavu</code> suivi de son numéro.
saw-title = Qui l’a consulté, du plus récent au plus ancien :
saw-nobody = Personne pour l’instant.
saw-server = sur le serveur
saw-gone = une personne qui a quitté l’équipe
saw-details = a vu les détails
saw-refused = a essayé : accès refusé
saw-export-names = l’a exporté avec les noms
saw-export-case = l’a exporté comme fichier
saw-person-export = l’a exporté pour la personne concernée
saw-person-erase = l’a effacé à la demande de la personne
saw-erased = effacé : le délai était écoulé
saw-kept-court = le garde plus longtemps : une procédure en justice
saw-kept-complaint = le garde plus longtemps : une plainte
saw-kept-contact = le garde plus longtemps : encore en contact
saw-other = autre chose
help-who-saw = /quiavu K7QM-4T – qui a consulté un dossier
person-third-parties = Ce que les gens ont écrit peut aussi parler d’autres personnes : lisez tout, et retirez ce qui les concerne, avant de le remettre.
