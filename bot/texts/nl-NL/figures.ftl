# Cijfers en tekeningen voor de coördinator: wat er geteld is, in woorden, naast wat anderen publiceerden.

figures-title = Cijfers · { $period }
figures-whose = Meldingen die binnenkwamen van { $first } tot en met { $last }, met alles wat erop volgde.
figures-none = In deze periode kwam geen melding binnen.
figures-cut = Er zijn meer dossiers dan ik in één keer tel: deze cijfers zijn niet volledig. Kies een kortere periode.
period-quarter = { $n }e kwartaal { $year }
period-days = { $first } – { $last }

figures-head-reach = Wie is bereikt
figures-head-tries = Hoe lang we het probeerden
figures-head-times = Hoe snel het ging
figures-head-course = Onderweg
figures-head-end = Hoe het afliep
figures-head-steps = Stappen en termijnen
figures-means = Wat er geteld is

figure-reports = Meldingen: { $n }, in { $cases ->
    [one] 1 dossier
   *[other] { $cases } dossiers
}
figure-reached = alle dossiers
figure-reached-phone = met een telefoonpoging
figure-reached-visit = met een huisbezoek
figure-reached-written = alleen briefje of brief
figure-tries-few = 1 of 2 pogingen
figure-tries-three = 3 pogingen
figure-tries-many = 4 of meer pogingen
figure-attempts = Pogingen: { $n }
figure-first-attempt = eerste poging
figure-first-talk = eerste gesprek
figure-visits = binnengelaten bij een huisbezoek
figure-notes = briefje achtergelaten, daarna contact
figure-help = hulp geaccepteerd
figure-averted = ontruiming voorkomen bij afsluiten
figure-averted-later = na drie maanden nog altijd
figure-closed = Afgesloten: { $n ->
    [one] 1 dossier
   *[other] { $n } dossiers
}
figure-no-steps = Nog geen stap met een termijn.

channel-n = { $channel ->
    [phone] { $n ->
        [one] 1 telefoontje
       *[other] { $n } telefoontjes
    }
    [visit] { $n ->
        [one] 1 huisbezoek
       *[other] { $n } huisbezoeken
    }
    [meeting] { $n ->
        [one] 1 gesprek
       *[other] { $n } gesprekken
    }
    [note] { $n ->
        [one] 1 briefje
       *[other] { $n } briefjes
    }
    [letter] { $n ->
        [one] 1 brief
       *[other] { $n } brieven
    }
    [message] { $n ->
        [one] 1 bericht
       *[other] { $n } berichten
    }
   *[mail] { $n ->
        [one] 1 e-mail
       *[other] { $n } e-mails
    }
}
kept-on-time = op tijd
kept-late-reason = te laat, met reden
kept-late = te laat
kept-deviated = anders gedaan
kept-missed = niet gedaan

figure-line = { $label }: { $said }
quoted-word = “{ $word }”
share-words = { $n } van { $of } ({ $part }%)
share-none = nog geen
share-few = { $n } van { $of }
published-words = { $source }: { $part }%
half-within = de helft binnen { $time } ({ $of })
too-few-times = te weinig om te zeggen ({ $of })
time-words = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } u { $minutes }
}

means-reports = Een melding telt op de dag dat die binnenkwam. Een tweede melding in een open dossier telt als melding, niet als dossier.
means-reached = Bereikt: iemand van het team sprak de cliënt zelf, of de cliënt nam contact op. Voicemail, een huisgenoot of een briefje is niet bereikt.
means-ways = Met een telefoonpoging of huisbezoek: dossiers waarin dat geprobeerd is, hoe ze ook bereikt zijn. Alleen briefje of brief: er is niets anders geprobeerd.
means-tries = Pogingen tot en met het eerste gesprek. Het deel is van de dossiers met zoveel pogingen.
means-published = Ernaast wat gemeenten in Nederland bereikten: { $source }, monitor vroegsignalering. Andere teams, andere meldingen: een kompas, geen rapport.
means-attempts = Een poging is elk telefoontje, bezoek, briefje of brief aan de cliënt dat als gedaan is ingevuld. Verbeterde antwoorden tellen niet.
means-times = Werktijd van de melding tot de eerste poging en tot het eerste gesprek: alleen de uren waarin het team open is. De helft van de dossiers ging sneller.
means-visits = Van alle huisbezoeken: hoe vaak de cliënt ons binnenliet.
means-notes = Van de dossiers met een briefje in de bus: in hoeveel er daarna een gesprek of contact was.
means-help = Van de bereikte dossiers: het laatste woord van de cliënt was ja op hulp.
means-closed = Dossiers die nu afgesloten zijn. Een heropend dossier telt volgens de laatste afsluiting.
means-averted = Van de afgesloten dossiers: afgesloten met { $outcomes }.
means-averted-later = Daarvan: bij de nazorgcheck na drie maanden woonden de mensen er nog. Geteld zijn de nazorgchecks waarbij iemand bereikt is.
means-steps = Op tijd: gedaan binnen de eerste termijn. Te laat, met reden: erna, met een reden of uitstel. Anders gedaan: er is van het stappenplan afgeweken. Niet gedaan: de termijn ging voorbij zonder antwoord.
means-few = Onder { $n } staat er geen deel, alleen het aantal: zo is niemand te herkennen.

press-figures = Cijfers
press-figures-before = Kwartaal ervoor
press-figures-means = Wat is er geteld?
press-figures-back = Terug naar de cijfers

figures-problem-not-understood = Die periode ken ik niet. Schrijf het zo: <code>/cijfers 2027-Q3</code>, <code>2027</code>, <code>2027-09</code> of <code>2027-07-01..2027-09-30</code>.
figures-problem-no-such-day = Die dag bestaat niet. Schrijf de periode zo: <code>/cijfers 2027-07-01..2027-09-30</code>.
figures-problem-backwards = Die periode eindigt voordat die begint. Staan de twee dagen omgekeerd?
figures-problem-not-begun = Die periode is nog niet begonnen.
figures-problem-too-long = Dat is meer dan drie jaar. Kies een kortere periode.

chart-few = Minder dan { $n }: geen aandeel, dus geen balk
chart-none = Nog niets te tonen
chart-none-why = Er kwam geen melding binnen.
chart-others = { $n ->
    [one] 1 andere
   *[other] { $n } andere
}
board-title = Open dossiers per stap
board-load = Open dossiers per hulpverlener
board-late = te laat
board-today = vandaag
board-later = later
board-no-step = geen volgende stap
board-nobody = nog niemand
board-none-why = Er zijn geen open dossiers.
timeline-title = Gepland en gedaan
timeline-planned = gepland, tot de termijn
timeline-open = open
timeline-no-deadline = zonder termijn
timeline-now = nu
timeline-shut = sluitingsdag
timeline-none-why = Er is nog geen stap begonnen.

help-figures = /cijfers – hoe een kwartaal ging, of /cijfers 2027-Q3
