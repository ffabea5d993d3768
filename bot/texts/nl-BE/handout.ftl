# Eén blad per rol, op papier. Melders "u"; teamleden "je".

handout-open = Scan de code, of zoek { $bot } in Telegram, en tik op Start.
handout-invited = Open de uitnodiging van de coördinator. Daarna leidt de code altijd naar de bot.
handout-type = Dit kun je ook typen
handout-phone = Dringend, of liever bellen? { $phone }
handout-privacy = Geen medische gegevens, geen rijksregisternummer, geen rekeningnummer. Alleen het team leest wat er staat. Telegram-chats zijn niet volledig versleuteld.

handout-reporter-title = Dreigt iemand zijn woning te verliezen?
handout-reporter-lead = Meld het aan { $team }. Hoe vroeger, hoe meer er nog kan.
handout-reporter-steps =
    Vertel in uw eigen woorden om wie het gaat, waar die persoon woont, op welk nummer die bereikbaar is en wat er aan de hand is.
    Lees na wat de bot begreep. Klopt het? Tik op Verzenden. U krijgt een nummer.
    Het team zoekt zelf contact met de huurder. Of de melding in behandeling is, ziet u bij Mijn meldingen. Over de huurder zelf delen we niets mee.

handout-worker-title = Kier vraagt, jij tikt
handout-worker-lead = De bot van { $team } vraagt op tijd wat er te doen is. Eén tik is een antwoord.
handout-worker-steps =
    Elke vraag noemt de werkdag, het dossier en tot wanneer. Naam, telefoon en adres staan achter Details en verdwijnen na tien minuten.
    Gedaan? Tik het antwoord. Verkeerd getikt? Verbeteren staat er een dag lang bij.
    Liep het anders? Meer: cliënt nam contact op, anders gedaan, later, overdragen, waarom nu.
    Schrijf nooit een naam of adres in de groep. Daar staan alleen nummers.

handout-coordinator-title = Om negen uur weten wat telt
handout-coordinator-lead = De bot van { $team } zegt elke morgen in één bericht wat aandacht vraagt.
handout-coordinator-steps =
    Een nieuwe melding? Tik aan wie. De bot bewaakt de termijnen en vraagt de begeleider op tijd.
    Bleef iets liggen? Vul het antwoord in, draag over, geef uitstel met een reden, of neem het zelf.
    Kies op de eerste dag een veiligheidscode: /code. Dan kan niemand met jouw toestel een bestand maken of iemand binnenlaten.
    Gaat iemand weg? /team. De rechten stoppen meteen en de dossiers komen terug bij jou.
