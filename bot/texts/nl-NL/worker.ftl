# What a worker is asked and does.

repeat-later = 🔁 Je vroeg om dit nu te herhalen.
repeat-again = 🔁 Opnieuw, want het vorige antwoord is teruggenomen.
repeat-hand-over = ➡️ Deze vraag is nu voor jou.
nudge = ⏰ <b>Nog geen antwoord op <i>{ $what }</i>.</b>
nudge-soft = ⏰ <b>{ $what }: zo snel mogelijk is best.</b>

press-fill-in = Invullen…
press-fill-in-date = Datum invullen…
press-add-item = Toevoegen…
press-contact = Cliënt nam contact op
press-deviate = Anders gedaan
press-later = Later
press-hand-over = Overdragen
press-change = Wijzigen
press-why = Waarom nu?
press-note = Notitie
press-history = Geschiedenis
press-close = Afsluiten
press-reopen = Heropenen
press-correct = Verbeteren
press-correct-last = Laatste antwoord verbeteren
press-earlier = Eerder gedaan…
press-withdrawn = Ingetrokken
press-change-phase = Fase
press-change-hearing = Zitting
press-change-eviction = Ontruiming
press-change-served = Betekening
press-change-crisis = ‼️ Crisis

top-contact = Cliënt nam contact op
top-deviate = Anders gedaan
top-later = Later
top-hand-over = Overdragen
top-change = Wijzigen
top-close = Afsluiten
top-away = Afwezigheid
top-away-from = Afwezigheid · vanaf { $first }
top-away-days = Afwezigheid · { $days }

ask-item = Over welke gaat het?
ask-checklist = Wat is er gedaan?
ask-window-reason = Dat is later dan het plan. Wat is de reden?
ask-done-at = Wanneer was het?
ask-did = Wat heb je in plaats daarvan gedaan?
ask-reason = Waarom?
ask-deviation-done = Is de stap daarmee gedaan? Zo niet, dan blijven de stap en de termijn staan.
ask-later = Wanneer mag ik het opnieuw vragen?
later-over = De termijn van deze vraag is voorbij: later vragen kan niet meer. De coördinator kan uitstel geven.
ask-hand-over = Aan wie draag je over?
ask-change = Wat verandert er?
ask-change-phase = Welke fase? Nu: { $now }
ask-change-hearing = Wanneer is de zitting?
ask-change-eviction = Voor wanneer is de ontruiming aangekondigd?
ask-change-served = Wanneer is het vonnis betekend?
ask-outcome = Met welke afloop sluit je af?
ask-close-note = { $outcome }. Wil je er iets bij zeggen?
close-pending = { $n ->
    [one] Er loopt nog 1 actie of afspraak.
   *[other] Er lopen nog { $n } acties of afspraken.
}
ask-note = Schrijf je notitie, of stuur een foto of spraakbericht.
hint-note = Dit helpt: wat er gebeurde, wanneer, en wat er is afgesproken. Geen medische gegevens.
loose-which = <b>Bij welk dossier bewaar ik dit als notitie?</b> Wil je een vraag beantwoorden? Tik op een knop onder die vraag.
loose-text = Ik weet niet waar dit bij hoort: je hebt geen open dossiers. /hulp zegt wat je kunt vragen.
text-only-note = Een notitie is tekst, een foto, een document of een spraakbericht. Dit is niet bewaard.

ask-away-who = Wie is er afwezig?
ask-away-from = Vanaf welke dag?
ask-away-to = Tot en met welke dag?
ask-away-stand-in = Wie vervangt?
away-backwards = De laatste dag ligt voor de eerste. Er is niets bewaard; probeer het opnieuw met /afwezig.
away-overlaps = Er staat al verlof op een van die dagen: { $days }. Er is niets bewaard. Tik erop om het te wijzigen, of kies andere dagen met /afwezig.

done-joined = ✓ <b>{ $ref } hoort bij { $known }</b>
done-contact = ✓ <b>Cliënt nam contact op: { $said }</b>
done-deviate = ✓ <b>Anders gedaan</b>: { $what }
deadline-stands = De termijn blijft { $at }.
done-later = ✓ <b>Ik vraag het opnieuw</b>: { $what }, { $at }.
done-hand-over = ✓ <b>Overgedragen aan { $name }</b>
done-take-over = ✓ <b>Dit dossier is nu bij jou</b>
done-phase = ✓ <b>Fase</b>: { $before } → { $after }
done-hearing = ✓ <b>Zitting</b>: { $at }
done-hearing-withdrawn = ✓ <b>Zitting ingetrokken</b>
done-eviction = ✓ <b>Ontruiming</b>: op zijn vroegst { $at } – controleer bij de deurwaarder
done-eviction-withdrawn = ✓ <b>Ontruiming ingetrokken</b>
done-served = ✓ <b>Vonnis betekend</b>: { $on }. Ontruiming op zijn vroegst { $earliest } – controleer bij de deurwaarder.
done-crisis = ✓ <b>Crisis</b>: alle berichten zijn vanaf nu zo gemerkt.
done-close = ✓ <b>Afgesloten</b>: { $outcome }
done-reopen = ✓ <b>Heropend</b>
ask-followup = Wil je er iets bij noteren? Eén bericht is genoeg.
hint-followup = Tik aan, dan Klaar. Of typ het in één bericht.
followup-skipped = Goed, niets erbij.
done-details = ✓ <b>Genoteerd</b>
done-note = ✓ <b>Notitie bewaard</b>
done-correct = ✓ <b>Teruggenomen</b>. Alles staat weer zoals ervoor.
done-away = ✓ <b>{ $name } is afwezig</b> van { $first } tot en met { $last }.
done-away-asked = { $name } krijgt de vraag om te vervangen.
done-stand-in-yes = ✓ <b>Je vervangt { $name }</b>: { $days }. Dank je.
done-stand-in-no = Goed, je vervangt niet. Dat is doorgegeven.
done-away-nobody = Zonder vervanger gaan de vragen naar de coördinator.

cannot-no-such-step = Die stap staat niet meer open. Er is niets veranderd.
cannot-no-such-answer = Dat antwoord past niet bij deze vraag. Er is niets veranderd.
cannot-past-deadline = Dat moment ligt na de termijn. Er is niets veranderd; de coördinator kan uitstel geven.
cannot-needs-to = Kies eerst aan wie.
cannot-needs-when = Hier hoort een dag en tijd bij.
cannot-no-crisis = Dit kan alleen in een crisis.
cannot-closed = Dit dossier is afgesloten. Er is niets veranderd.
cannot-open = Dit dossier staat al open. Er is niets veranderd.
cannot-no-gate = Hier hoeft niets opgeheven te worden.
cannot-in-past = Dat moment is al voorbij. Er is niets veranderd.
cannot-no-such-item = Die actie of afspraak is al afgehandeld.
cannot-unknown-fact = Dat gegeven ken ik niet.
cannot-bad-outcome = Die afloop hoort niet bij deze werkwijze.
cannot-last-coordinator = Dit is de laatste coördinator. Maak eerst iemand anders coördinator.
cannot-taken = Iemand anders was net sneller. Er is niets veranderd.
cannot-stand-in-absent = Die vervanger is zelf afwezig. Kies iemand anders.

info-appointment = 📅 <b>Gepland</b>: { $what }, { $at }.
info-hearing = ⚖️ <b>Zitting</b>: { $at }.
info-eviction = 🏠 <b>Ontruiming</b> op zijn vroegst { $at } – controleer bij de deurwaarder.
info-crisis-status = { $days ->
    [0] <b>De ontruiming is vandaag</b> ({ $at }).
    [one] <b>Nog 1 dag</b> tot de ontruiming ({ $at }).
   *[other] <b>Nog { $days } dagen</b> tot de ontruiming ({ $at }).
}
info-crisis-undated = Er is geen datum van ontruiming bekend.
info-crisis-began = <b>Dit dossier is nu in crisis.</b>
info-second-report = ✉️ <b>Er kwam een tweede melding</b> over dit huishouden. De klok loopt gewoon door.
info-handed-over = ➡️ <b>Dit dossier is nu bij { $worker }.</b>
info-closed = ✓ <b>Afgesloten</b>: { $outcome }.
info-reopened = ↩️ <b>Heropend</b>, bij { $worker }.
info-postponed = 📅 <b>Uitgesteld</b> naar { $at }.
info-changed-phase = ➡️ <b>De fase is nu</b> { $phase }.
info-changed-hearing = ⚖️ <b>De zitting is nu</b> { $at }.
info-changed-hearing-none = ⚖️ <b>De zitting vervalt.</b>
info-changed-eviction-none = 🏠 <b>De ontruiming vervalt.</b>
info-changed-crisis = <b>Dit dossier is nu in crisis.</b> Kijk wat vandaag sneller moet.
info-other = ℹ️ { $what }
