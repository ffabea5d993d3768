# One case: where it stands, its details, its history, why a step comes now.

workday = Werkdag { $n } ({ $day })
crisis-mark = ‼️ <b>CRISIS</b>
mark-late = 🔴 <b>Te laat</b>
mark-last-day = ⏳ <b>Laatste dag</b>
due = Antwoord uiterlijk { $at }.
due-passed = 🔴 <b>Te laat</b>: het was tot { $at }.
due-extended = Antwoord uiterlijk { $at } (uitgesteld; het was { $was }).
due-short = tot { $at }
due-late-short = te laat sinds { $at }
from-when = vanaf { $at }
by-when = tot { $at }
late-since = te laat sinds { $at }
asked-at = komt { $at }
fits-not = ⚠ Dit valt na de zitting of de uithuiszetting. Kijk of het sneller moet.

case-worker = Bij { $name }
case-no-worker = Nog bij niemand
case-coming = ◦ { $what }: { $at }
case-closed-now = Het dossier is afgesloten.
case-closed = Afgesloten op { $on }: { $outcome }.
case-no-next = ❔ Er is geen volgende stap. Kies er een, of sluit af.
no-next-step = geen volgende stap
next-step = Volgende: { $what } ({ $when }).
answered-assigned = Toegewezen aan { $name }
answered-taken = { $name } neemt het dossier
answered-to = { $said } · naar { $name }
noted-items = { $n ->
    [one] 1 punt genoteerd
   *[other] { $n } punten genoteerd
}
noted-down = Genoteerd
done-earlier = Gedaan: { $at }. Wat was het antwoord?
more-question = <b>Wat wil je doen?</b>

fact-hearing = Zitting: { $at }
fact-eviction = Uithuiszetting ten vroegste { $at } – controleer bij de gerechtsdeurwaarder
fact-served = Vonnis betekend op { $on }: uithuiszetting ten vroegste { $earliest } – controleer bij de gerechtsdeurwaarder.

sample = Voorbeeld om over te schrijven:

# Details

details-client = <b>{ $value }</b>
details-phone = ☎ { $value }
details-address = Adres: { $value }
details-landlord = Verhuurder: { $value }
details-amount = Achterstal: { $value }
details-relation = Melder: { $value }
details-why = Waarom deze melding: { $value }
details-view = Wat er speelt: { $value }
details-text = Verhaal: { $value }
details-reporter = Gemeld door { $name }
details-tried = <b>Al geprobeerd</b>
details-notes = <b>Notities</b>
details-gone = <i>Dit bericht verdwijnt na tien minuten.</i>

# Why now?

why-title = <b>Waarom nu?</b> { $what }
why-report = De melding kwam { $at }.
why-client = De cliënt kwam terug op { $at }.
why-new-threat = De nieuwe dreiging werd gemeld op { $at }.
why-report-short = de melding kwam { $at }
why-client-short = de cliënt kwam terug op { $at }
why-new-threat-short = de nieuwe dreiging werd gemeld op { $at }
why-workday = Werkdag { $n } is { $day }: { $began }.
why-workday-closed = Werkdag { $n } is { $day }: { $began }, en { $closed }.
why-closed = { $n ->
    [one] { $days } is een sluitingsdag
   *[other] { $days } zijn sluitingsdagen
}
why-many-closed = er lagen { $n } sluitingsdagen tussen
why-due = Daarom tot { $at }.
why-due-team = Daarom tot { $at } (afspraak van het team).
why-extended = De coördinator gaf uitstel tot { $at }.

# History

history-title = <b>Geschiedenis</b> ({ $page } van { $pages })
event-answered = { $what }: <b>{ $said }</b>
event-done-at = (gedaan { $at })
event-contact = Cliënt nam contact op: <b>{ $said }</b>
event-deviation = Anders gedaan: { $what }
event-worker = Naar { $name }
event-no-worker = Bij niemand meer
event-fact = Gewijzigd: { $what }
event-phase = Fase: { $before } → { $after }
event-crisis = ‼️ Crisis
event-crisis-ended = Crisis voorbij
event-closed = Afgesloten: { $outcome }
event-opened = Stap: { $what }
event-late = 🔴 Te laat: { $what }
event-extended = Uitstel: { $what }
event-put-off = Later: { $what }
event-planned = { $what }: <b>{ $at }</b>
event-dated = Datum bekend: { $what }
event-began = Melding ontvangen
event-joined = Tweede melding
event-gate = Verder zonder gesprek met de melder
event-note = Notitie
event-restored = Antwoord teruggenomen
event-told = Aan de begeleider gezegd: { $what }
told-phase = de fase
told-hearing = de zitting
told-eviction = de uithuiszetting
told-served = het vonnis
told-crisis = crisis
event-unassigned = 🔴 Nog niet toegewezen
fact-name-hearing = zitting
fact-name-eviction = uithuiszetting
fact-name-served = betekening
fact-name-other = gegevens
details-coming = Even geduld: de gegevens komen hier.
