# Wat elk scherm kan nodig hebben, bij welke stap of rol ook.

call-wanted = 📞 De cliënt vroeg om nu te bellen.
needs-worker = ➡️ <b>Dit dossier heeft iemand nodig.</b>
told-date = { $what }: { $at }
answered-item = { $said }: { $item }
nudge-over = { $what }: beantwoord
press-copy-phone = Kopieer telefoon
said-reason = Reden: { $text }
said-deviation = Anders gedaan: { $text }
said-participants = Aan tafel: { $text }
said-added = Van de melder: { $text }
cannot-too-late = Verbeteren kan niet meer: er volgde al iets op, of het is langer dan een dag geleden. Er is niets veranderd. Met Notitie of Anders gedaan zet je het recht.
answered-by = Die knop hoort bij een vraag die { $name } { $at } al beantwoordde ({ $said }). Er is niets veranderd.
answered-by-you = Die vraag heb je { $at } al beantwoord ({ $said }). Er is niets veranderd.
info-handed-over-you = ➡️ <b>Dit dossier is nu bij jou.</b>
event-phase-first = Fase: { $after }
details-no-phone = ☎ Geen nummer bekend
help-more =
    /instellingen – taal, verlof en werkdagen
    /weggaan – het team verlaten
