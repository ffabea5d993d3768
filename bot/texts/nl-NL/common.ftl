# Words that every screen may need. Team members are "je"; short, plain, kind.

refused = Dat gaat niet: dit bestaat niet (meer), of het is voor iemand anders.
refused-short = Dat gaat niet.
cancelled = Gestopt. Er is niets veranderd.
done = ✓ Gedaan.
no-dialogue = Die vraag is al afgehandeld. Er is niets veranderd.
nothing-pressed = Dit is alleen een opschrift.
cut-off = … (ingekort)
write-something = Schrijf er woorden of cijfers bij, dan kan ik ermee verder.
text-only = Ik lees hier alleen tekst. Wat je stuurde, is niet bewaard.
two-at-once = Je was nog met iets anders bezig. Wil je daarmee verder, of mag het weg? Tik daarna opnieuw op je knop.

day-today = vandaag
day-tomorrow = morgen
now = nu
no-date = zonder datum
labelled = { $name }: { $value }
list-and = { $first } en { $last }
page-of = { $page } van { $pages }
and-more = … en nog { $n }
late-word = te laat

# Buttons

press-yes = Ja
press-no = Nee
press-yes-label = Ja, { $what }
press-done = ✓ Klaar
press-all-done = Alles gedaan ✓
press-some-done = ✓ Klaar: { $n } van { $m }
press-another = Nog een
press-skip = Overslaan
press-leave-so = Laat zo
press-skip-rest = De rest overslaan
press-tick-all = ☑ Alles
press-back = Terug
press-cancel = Annuleren
press-resume = Verder
press-discard = Weggooien
press-details = Details
press-more = Meer ▾
press-case = Dossier
press-back-case = ◂ Dossier
press-copy = Kopieer nr.
press-language = Taal
press-away = Verlof invullen

# Asking facts

ask-first = { $what }. { $label }
ask-known-date =
    { $label }
    In het dossier staat: { $at }.
ask-text = Wat wil je erbij zeggen?
ask-person = Aan wie?
ask-moment = Wanneer?
ask-day = Welke dag?
ask-items-action = Welke actie? Tik erop, of typ zelf iets.
ask-items-agreement = Welke afspraak? Typ die in één zin.
who-client = De cliënt
ask-ticks = Wat is er gedaan?
ask-participants = Wie is erbij, en met welk mandaat?
ask-choice = Wat wordt het?
ask-photo = Foto van het papier
ask-items-who = Wie doet het?
ask-items-day = Vóór welke dag?
ask-items-more = Nog iets toevoegen?
ask-needed = Dit heb ik nodig om verder te gaan.
ask-type = Typ je antwoord, of tik op een knop.
ask-tap = Tik op een van de knoppen.
ask-blank = Schrijf er woorden of cijfers bij.
ask-too-long = Dat is te lang voor één bericht. Maak het korter; er is niets afgeknipt.
ask-photo-again = Stuur een foto, of sla over.
number-left-out = Ik zag een burgerservicenummer of rekeningnummer. Dat heb ik weggelaten en niet bewaard. Ik haal dat bericht ook uit deze chat. Staat het er nog, verwijder het dan zelf.
file-refused = Eén bestand bij { $ref } is niet bewaard: { $why ->
    [empty] het is leeg.
    [large] het is groter dan 10 MB.
    [pixels] de foto is te groot.
    [full] er zijn al veel bestanden.
    [gone] het was niet meer op te halen. Stuur het gerust opnieuw.
   *[kind] ik kan foto’s bewaren, en pdf’s zonder wachtwoord.
 } De rest is wel bewaard.
details-fetching = { $n ->
    [one] 📎 Eén bestand wordt nog opgehaald.
   *[other] 📎 { $n } bestanden worden nog opgehaald.
 }
hint-ticks = Tik aan wat er gedaan is, dan Klaar.
hint-participants = Eén per bericht, bijvoorbeeld: Jan de Vries, verhuurder, mandaat ja. Tik daarna op Klaar.
hint-photo = Stuur een foto van het papier, of sla over.
participants =
    Tot nu toe:
    { $lines }

# Roles

role-worker = hulpverlener
role-coordinator = coördinator
role-reporter = melder
role-actor = wie antwoordt

# Help

help-title = Hallo { $name }. Ik vraag je op tijd wat er te doen is; jij antwoordt met één tik.
help-worker =
    /vandaag – wat er vandaag te doen is
    /dossiers – je dossiers
    /dossier K7QM-4T – één dossier
    /afwezig – afwezig zijn, met een vervanger
    /taal – een andere taal
help-note = Een foto, spraakbericht of tekst bewaar ik als notitie bij een dossier.
help-coordinator =
    /status – alle dossiers, of /status K7QM-4T
    /telaat – wat te laat is
    /team – wie er is, en wie weggaat
    /uitnodigen – iemand uitnodigen
    /uitvoer – dossiers en pogingen als bestand
