# The note to copy by hand, in another language, and the team's leaflet.

note-no-phone = ⚠ The team has given no number. On the dotted line, write the number at which you can be reached.
# Whom the note is from: the team's own organisation, by its country.
note-from = { $country ->
    [NL] from the municipality
   *[other] from the OCMW
}
note-languages = The same note in another language
press-other-language = Other language ▾
press-copy-note = Copy { $name }
press-leaflet = 📄 Leaflet
leaflet-here = 📄 The team's leaflet. Forward it, or print it.
leaflet-is = 📄 <b>The team's leaflet.</b> Whoever goes on a visit gets it by one tap.
leaflet-ask = Send the leaflet as a file or photo.
leaflet-kinds = A PDF, or a photo. It replaces the one before.
leaflet-not = That cannot be a leaflet.
leaflet-kept = ✓ <b>The leaflet is kept.</b> It stands with the note and the offer of help.
leaflet-drop = Remove the leaflet?
leaflet-gone = ✓ The leaflet is gone.
leaflet-none = The team has no leaflet yet. The coordinator puts one here with /leaflet.
leaflet-lost = The leaflet cannot be sent for now. The coordinator puts it here again with /leaflet.
leaflet-again = 📄 The leaflet is to be put here again: ask the coordinator (/leaflet).
alarm-leaflet-lost = The team's leaflet can no longer be sent: Telegram no longer knows the file. Put the leaflet here again with /leaflet. Nothing else is lost.
press-leaflet-replace = Replace…
press-leaflet-remove = Remove…
press-leaflet-drop = Remove
press-leaflet-keep = Keep
help-leaflet = /leaflet – the leaflet that workers leave behind
