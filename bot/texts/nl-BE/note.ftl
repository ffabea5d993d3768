# Het briefje om over te schrijven, in een andere taal, en de folder van het team.

note-no-phone = ⚠ Het team heeft geen nummer ingevuld. Schrijf op de stippellijn het nummer waarop je te bereiken bent.
# Whom the note is from: the team's own organisation, by its country.
note-from = { $country ->
    [NL] van de gemeente
   *[other] van het OCMW
}
note-languages = Hetzelfde briefje in een andere taal
press-other-language = Andere taal ▾
press-copy-note = Kopieer { $name }
press-leaflet = 📄 Folder
leaflet-here = 📄 De folder van het team. Stuur hem door, of druk hem af.
leaflet-is = 📄 <b>De folder van het team.</b> Wie op bezoek gaat, krijgt hem met één tik.
leaflet-ask = Stuur de folder als bestand of foto.
leaflet-kinds = Een PDF, of een foto. De vorige wordt vervangen.
leaflet-not = Dat kan geen folder zijn.
leaflet-kept = ✓ <b>De folder is bewaard.</b> Hij staat bij het briefje en het hulpaanbod.
leaflet-drop = De folder weghalen?
leaflet-gone = ✓ De folder is weg.
leaflet-none = Het team heeft nog geen folder. De coördinator zet er een klaar met /folder.
leaflet-lost = De folder kan even niet verstuurd worden. De coördinator zet hem opnieuw klaar met /folder.
leaflet-again = 📄 De folder moet opnieuw klaargezet worden: vraag het aan de coördinator (/folder).
alarm-leaflet-lost = De folder van het team kan niet meer verstuurd worden: Telegram kent het bestand niet meer. Zet de folder opnieuw klaar met /folder. Verder is er niets verloren.
press-leaflet-replace = Vervangen…
press-leaflet-remove = Weghalen…
press-leaflet-drop = Weghalen
press-leaflet-keep = Houden
help-leaflet = /folder – de folder die begeleiders achterlaten
