# Le petit mot à recopier, dans une autre langue, et le dépliant de l’équipe.

note-no-phone = ⚠ L’équipe n’a pas indiqué de numéro. Sur les pointillés, écrivez le numéro où l’on peut vous joindre.
note-languages = Le même petit mot dans une autre langue
press-other-language = Autre langue ▾
press-copy-note = Copier { $name }
press-leaflet = 📄 Dépliant
leaflet-here = 📄 Le dépliant de l’équipe. Transférez-le, ou imprimez-le.
leaflet-is = 📄 <b>Le dépliant de l’équipe.</b> Qui part en visite le reçoit d’un seul geste.
leaflet-ask = Envoyez le dépliant sous forme de fichier ou de photo.
leaflet-kinds = Un PDF, JPEG ou PNG. Il remplace le précédent.
leaflet-not = Cela ne peut pas servir de dépliant.
leaflet-kept = ✓ <b>Le dépliant est conservé.</b> Il se trouve près du petit mot et de l’offre d’aide.
leaflet-drop = Retirer le dépliant ?
leaflet-gone = ✓ Le dépliant est retiré.
leaflet-none = L’équipe n’a pas encore de dépliant. La coordination en dépose un avec /depliant.
press-leaflet-replace = Remplacer…
press-leaflet-remove = Retirer…
press-leaflet-drop = Retirer
press-leaflet-keep = Garder
help-leaflet = /depliant – le dépliant que l’on laisse sur place
