# Dates: the small calendar, what is typed, and what goes to a phone's own calendar

press-no-time = Uur nog niet bekend
date-other = Andere dag…
date-other-time = Ander uur…
date-yes = ✓ Ja
date-right = { $date } – klopt dit?
date-closed = { $date } (dan werkt het team niet)
date-noted = Genoteerd: { $date }.
date-workday = Werkdag { $n } · { $day }
date-not-offered = Die dag kan hier niet. Toch nodig? Typ hem dan.
date-no-such-day = <code>{ $typed }</code> bestaat niet. Bedoel je:

ask-date-again = Tik op een dag, of typ de datum.
ask-date-unreadable = Die datum lees ik niet.
ask-date-no-such-time = Dat uur bestaat niet.
ask-date-weekday-differs = Die weekdag en die datum horen niet bij elkaar. Wat bedoel je?
ask-date-year = Dat jaar ligt te ver. Bedoel je:
ask-date-which = Wat bedoel je?
ask-date-past = Dat ligt in het verleden. Klopt het?
ask-date-ahead = Dat moet nog komen. Wanneer was het?
ask-date-moved = De klok verspringt dan. Klopt dit uur?

hint-moment = Tik op een dag, of typ bijvoorbeeld: morgen 14u.
hint-day = Tik op een dag, of typ bijvoorbeeld: do 7 okt.
hint-time = <b>{ $day }: hoe laat?</b>
hint-typed-time = <b>{ $day }</b>: typ het uur, bijvoorbeeld 14u15.
reporter-hint-day = Tik op een dag, of schrijf bijvoorbeeld “do 7 okt 10:00”.
reporter-hint-time = { $day }: hoe laat? Tik op het uur, of schrijf het.

# The file for a phone's own calendar

ics-hearing = zitting
ics-eviction = uithuiszetting
ics-new = 📅 { $ref } · <b>{ $what }</b> · { $at }. Open het bestand, dan staat het in je agenda.
ics-moved = 📅 { $ref } · <b>{ $what }</b> is nu { $at }. Open het bestand, dan klopt je agenda weer.
ics-gone = 📅 { $ref } · <b>{ $what }</b> van { $at } staat niet meer bij jou. Open het bestand, of haal het zelf uit je agenda.
ics-cancelled = Vervalt: { $what }
