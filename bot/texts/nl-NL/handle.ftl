# Wat de hoofdweg zelf zegt: herhaalde en verouderde berichten, alarmen, verlof.

again = (opnieuw)
already-answered = Deze knop hoort bij een vraag die al beantwoord is. Er is niets veranderd.
edited = Ik lees een gewijzigd bericht niet opnieuw. Stuur het als een nieuw bericht, dan neem ik het mee.
prompt-over = Deze vraag is niet meer open.
prompt-moved = Deze vraag ligt nu bij { $name }.

missed = Ik was even weg. { $n } berichten van toen, per dossier:

alarm-not-deleted = Een bericht met persoonlijke gegevens kon ik niet meer verwijderen (ouder dan 48 uur). Vraag wie het kreeg om het zelf te wissen.
alarm-not-deleted-channel = In het kanaal staat misschien iets persoonlijks over een cliënt, en ik mag daar niets weghalen. Vraag wie het schreef om het te verwijderen, of maak mij beheerder die berichten mag verwijderen.
alarm-not-deleted-of = Een bericht met persoonlijke gegevens van { $ref } kon ik niet meer verwijderen (ouder dan 48 uur). Vraag { $name } om het zelf te wissen.
flood = Dat zijn veel berichten in één keer. Ik lees weer mee over een minuut; wat al in de melding stond, staat er nog.
alarm-dead-letters = { $number } berichten kon ik niet lezen. Ze zijn bewaard. Vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-guessing = { $name } vroeg in een uur { $number } keer een dossier dat niet bestaat of dat iemand anders volgt. Een uur lang zoek ik voor die persoon geen dossiernummer meer op. Een vergissing? Dan gaat het vanzelf over. Zo niet: met /team haal je iemand meteen uit het team.
alarm-dead-letter = Een bericht kon ik niet verwerken (nr. { $number }). Het is bewaard. Vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-invite-burnt = De uitnodiging voor { $name } is in een groep getoond en telt niet meer. Maak een nieuwe met /uitnodigen.
alarm-undelivered = { $name } kreeg een bericht over <code>{ $ref }</code> niet: de chat is dicht of geblokkeerd. Neem zelf contact op, of draag het dossier over.
alarm-perhaps-undelivered = Het is niet zeker dat { $name } een bericht over <code>{ $ref }</code> kreeg. Vraag het even na.
alarm-stand-in-refused = De gevraagde vervanger van { $name } kan niet. Kies iemand anders met /afwezig.
alarm-assigned = <code>{ $ref }</code> is toegewezen aan { $name }.
alarm-inbox-behind = Sinds { $since } blijven berichten liggen die ik al heb ontvangen. Ze zijn bewaard en niemand hoeft iets opnieuw te sturen. Vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-prompts-behind = Sinds { $since } loop ik achter met vragen die aan de beurt waren. Ze komen nog, later. Kijk intussen zelf met /vandaag wat dringend is, en vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-unsent = Sinds { $since } kwamen berichten van mij niet op tijd weg: Telegram was niet bereikbaar of te traag. Ze komen nog, elk één keer. Kijk met /vandaag wat dringend is. Houdt het aan? Vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-backup-old = De laatste reservekopie is van { $since }. De rest werkt gewoon door. Vraag wie Kier beheert om ernaar te kijken: kier doctor.
alarm-disk-low = De schijf waarop ik bewaar, is bijna vol. Nu werkt alles nog. Vraag wie Kier beheert om deze week ruimte te maken: kier doctor.

stand-in-ask = { $name } is afwezig van { $from } tot en met { $to } en vraagt of jij kunt vervangen. Kan dat?
stand-in-yes = Ja, ik vervang
stand-in-no = Nee, ik kan niet
stand-in-accepted = { $name } vervangt je.
stand-in-refused = { $name } kan je niet vervangen. Zolang er niemand is, komen je vragen bij de coördinator.

support-request = { $name } vraagt ondersteuning voor de eigen organisatie: “{ $text }”

command-report = Een melding doen
command-reports = Mijn meldingen
command-today = Wat er vandaag te doen is
command-cases = Mijn dossiers
command-status = Hoe het staat
command-away = Verlof invullen
command-language = Andere taal
command-help = Hulp

intake-client = Over wie gaat het?
intake-address = Op welk adres?
intake-phone = Op welk nummer is die persoon te bereiken?
intake-text = Wat is er aan de hand?
