# The note to copy by hand, in another language, and the team's leaflet.

note-no-phone = ⚠ The team has given no number. On the dotted line, write the number at which you can be reached.
note-languages = The same note in another language
press-other-language = Other language ▾
press-copy-note = Copy { $name }
press-leaflet = 📄 Leaflet
leaflet-here = 📄 The team's leaflet. Forward it, or print it.
leaflet-is = 📄 <b>The team's leaflet.</b> Whoever goes on a visit gets it by one tap.
leaflet-ask = Send the leaflet as a file or photo.
leaflet-kinds = A PDF, JPEG or PNG. It replaces the one before.
leaflet-not = That cannot be a leaflet.
leaflet-kept = ✓ <b>The leaflet is kept.</b> It stands with the note and the offer of help.
leaflet-drop = Remove the leaflet?
leaflet-gone = ✓ The leaflet is gone.
leaflet-none = The team has no leaflet yet. The coordinator puts one here with /leaflet.
press-leaflet-replace = Replace…
press-leaflet-remove = Remove…
press-leaflet-drop = Remove
press-leaflet-keep = Keep
help-leaflet = /leaflet – the leaflet that workers leave behind
