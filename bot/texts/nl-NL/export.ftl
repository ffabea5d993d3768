# Uitvoer: tabellen, contactpogingen en een dossier op papier.

export-what = Wat wil je uitvoeren?
press-export-xlsx = Dossiers · Excel
press-export-csv = Dossiers · CSV
press-export-json = Contactpogingen · JSON
press-export-one = Eén dossier · PDF
press-export-pdf = Dossier als PDF
press-export-all = Alles
press-export-make = Maak het bestand
press-export-names = Met namen en adressen
press-export-no-names = Zonder namen
export-ask-ref = Stuur <code>/uitvoer</code> met het nummer van het dossier erachter, of open het dossier en kies <i>Meer</i>.
export-which-period = Van welke periode? Een andere typ je: <code>/uitvoer 2027-07-01..2027-08-15</code>
export-quarter = Kwartaal { $n } { $year }
export-name-xlsx = Dossiers (Excel)
export-name-csv = Dossiers (CSV)
export-name-json = Contactpogingen (JSON)
export-period = van { $first } tot en met { $last }
export-period-from = vanaf { $first }
export-period-until = tot en met { $last }
export-period-all = van het begin tot nu
export-holds-no-names = Van elk dossier: nummer, fase, gemeente, data, open stappen, pogingen en afloop. Geen namen, adressen of telefoonnummers.
export-holds-names = ⚠ Van elk dossier ook naam, telefoon, adres, verhuurder, bedrag en hulpverlener.
export-holds-attempts = Alle pogingen om iemand te bereiken: soort, dag, dagdeel en of het lukte, per dossiernummer. Geen namen of adressen. De vorm is die van DDAS 0.9 (VNG).
export-holds-case = ⚠ Alles over dit dossier: naam, telefoon, adres, wat er gebeurde en wat er gezegd is. Voor wie het overneemt.
export-goes = Alleen jij krijgt het bestand. Het verdwijnt na tien minuten en er wordt genoteerd dat jij het vroeg.
export-stays = Alleen jij krijgt het bestand, en je kunt het bewaren. Er wordt genoteerd dat jij het vroeg.
export-count = { $n ->
    [one] 1 dossier
   *[other] { $n } dossiers
}
export-gone = Je kunt het bestand openen, maar niet doorsturen of bewaren. Het verdwijnt, met dit bericht, na tien minuten.
export-kept = Er staan geen namen in. Bewaar het waar het team zulke bestanden bewaart.
export-none = In deze periode is er niets.
export-too-many = Dit zijn meer dan { $n } dossiers: te veel voor de chat. Kies een kortere periode, of vraag aan wie Kier beheert: <code>kier export</code>

# In de tabellen

export-sheet-cases = Dossiers
export-sheet-attempts = Contactpogingen
export-sheet-about = Over dit bestand
export-cases-of = { $n ->
    [one] 1 dossier
   *[other] { $n } dossiers
}, gemeld { $period }
export-made-by = Gemaakt op { $day } om { $clock } door { $name }
export-made-here = Gemaakt op { $day } om { $clock } op de server van het team
export-about-attempts = Bereikt: de cliënt zelf gesproken. Een briefje, een voicemail of een huisgenoot telt niet.
export-open = open
export-closed = afgesloten
export-joined = bij een ander dossier gevoegd
export-help-yes = wil hulp
export-help-no = wil nu geen hulp
export-by-phone = telefoon
export-by-visit = huisbezoek
export-by-meeting = gesprek
export-by-note = briefje
export-by-letter = brief
export-by-message = bericht
export-by-mail = e-mail
export-col-ref = Nummer
export-col-procedure = Stappenplan
export-col-state = Stand
export-col-phase = Fase
export-col-kind = Melding
export-col-place = Gemeente
export-col-received = Gemeld op
export-col-first-day = Werkdag 1
export-col-episode = Hoeveelste keer
export-col-crisis = Crisis
export-col-hearing = Zitting
export-col-eviction = Ontruiming
export-col-served = Betekening
export-col-steps = Open stappen
export-col-deadline = Eerste termijn
export-col-attempts = Pogingen
export-col-calls = Telefoon
export-col-visits = Bezoeken
export-col-notes = Briefjes
export-col-first-try = Eerste poging
export-col-reached = Bereikt
export-col-first-talk = Eerste gesprek
export-col-help = Hulp
export-col-outcome = Afloop
export-col-closed = Afgesloten op
export-col-check = Na drie maanden
export-col-worker = Hulpverlener
export-col-client = Naam
export-col-phone = Telefoonnummer
export-col-address = Adres
export-col-landlord = Verhuurder
export-col-amount = Achterstand
export-col-date = Wanneer
export-col-channel = Hoe
export-col-step = Stap
export-col-answer = Antwoord
export-col-relation = Wie meldde
export-col-why = Waarom
export-col-view = Wat er speelt
export-col-text = Verhaal
export-col-reporter = Gemeld door

# Het dossier op papier

export-file-title = Dossier { $ref }
export-confidential = vertrouwelijk
export-page = Pagina
export-of = van
export-unknown-letters = ▯ staat voor een teken dat niet kon worden afgedrukt. In de chat is het te lezen.
export-nothing = Niets.
export-part-stands = Waar het staat
export-part-client = De cliënt en de melding
export-part-next = Wat er nog moet gebeuren
export-part-agreements = Acties en afspraken
export-part-tried = Pogingen
export-part-story = Wat er gebeurde
export-part-said = Wat er verder gezegd is
export-closed-on = afgesloten op { $on }: { $outcome }
export-by = tot { $at }
export-from = vanaf { $at }
export-no-date = zonder datum
export-pending = nog open
export-tried = { $n ->
    [one] één keer
   *[other] { $n } keer
}, { $reached ->
    [0] niet gesproken
    [one] één keer gesproken
   *[other] { $reached } keer gesproken
}
export-files = { $n ->
    [one] Eén foto, opname of document staat in de chat.
   *[other] { $n } foto’s, opnames of documenten staan in de chat.
}
