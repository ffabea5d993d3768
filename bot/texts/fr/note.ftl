# Le petit mot à recopier, dans une autre langue, et le dépliant de l’équipe.

note-no-phone = ⚠ L’équipe n’a pas indiqué de numéro. Sur les pointillés, écrivez le numéro où l’on peut vous joindre.
# Whom the note is from: the team's own organisation, by its country.
note-from = { $country ->
    [NL] de la commune
   *[other] du CPAS
}
note-languages = Le même petit mot dans une autre langue
press-other-language = Autre langue ▾
press-copy-note = Copier { $name }
press-leaflet = 📄 Dépliant
leaflet-here = 📄 Le dépliant de l’équipe. Transférez-le, ou imprimez-le.
leaflet-is = 📄 <b>Le dépliant de l’équipe.</b> Qui part en visite le reçoit d’un seul geste.
leaflet-ask = Envoyez le dépliant sous forme de fichier ou de photo.
leaflet-kinds = Un PDF, ou une photo. Il remplace le précédent.
leaflet-not = Cela ne peut pas servir de dépliant.
leaflet-kept = ✓ <b>Le dépliant est conservé.</b> Il se trouve près du petit mot et de l’offre d’aide.
leaflet-drop = Retirer le dépliant ?
leaflet-gone = ✓ Le dépliant est retiré.
leaflet-none = L’équipe n’a pas encore de dépliant. La coordination en dépose un avec /depliant.
leaflet-lost = Le dépliant ne peut pas être envoyé pour le moment. La coordination le dépose à nouveau avec /depliant.
leaflet-again = 📄 Le dépliant doit être déposé à nouveau : demandez à la coordination (/depliant).
alarm-leaflet-lost = Le dépliant de l’équipe ne peut plus être envoyé : Telegram ne connaît plus ce fichier. Déposez-le à nouveau avec /depliant. Rien d’autre n’est perdu.
press-leaflet-replace = Remplacer…
press-leaflet-remove = Retirer…
press-leaflet-drop = Retirer
press-leaflet-keep = Garder
help-leaflet = /depliant – le dépliant que l’on laisse sur place
