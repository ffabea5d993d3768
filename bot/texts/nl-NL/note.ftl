# Het briefje om over te schrijven, in een andere taal, en de folder van het team.

note-no-phone = ⚠ Het team heeft geen nummer ingevuld. Schrijf op de stippellijn het nummer waarop je te bereiken bent.
note-languages = Hetzelfde briefje in een andere taal
press-other-language = Andere taal ▾
press-copy-note = Kopieer { $name }
press-leaflet = 📄 Folder
leaflet-here = 📄 De folder van het team. Stuur hem door of print hem.
leaflet-is = 📄 <b>De folder van het team.</b> Wie op bezoek gaat, krijgt hem met één tik.
leaflet-ask = Stuur de folder als bestand of foto.
leaflet-kinds = Een PDF, JPEG of PNG. De vorige wordt vervangen.
leaflet-not = Dat kan geen folder zijn.
leaflet-kept = ✓ <b>De folder is bewaard.</b> Hij staat bij het briefje en het hulpaanbod.
leaflet-drop = De folder weghalen?
leaflet-gone = ✓ De folder is weg.
leaflet-none = Het team heeft nog geen folder. De coördinator zet er een klaar met /folder.
press-leaflet-replace = Vervangen…
press-leaflet-remove = Weghalen…
press-leaflet-drop = Weghalen
press-leaflet-keep = Houden
help-leaflet = /folder – de folder die hulpverleners achterlaten
