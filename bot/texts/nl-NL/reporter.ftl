# Wat een melder leest. Altijd "u", kort, vriendelijk, zonder oordeel over huurder of verhuurder.

reporter-welcome =
    <b>Hallo. Dit is de meldlijn van { $team }.</b>
    Maakt u zich zorgen over een huurder die zijn woning kan verliezen? Vertel het in één bericht, in uw eigen woorden, of laat u door de vragen leiden.

    Geef geen medische of andere zeer persoonlijke gegevens. Wat u schrijft, ziet alleen het team; Telegram-chats zijn niet volledig versleuteld.
reporter-way =
    <b>Een melding doen</b>
    Vertel het in één bericht, in uw eigen woorden, of laat u door de vragen leiden.
reporter-button-free = Ik schrijf het zelf
reporter-button-guided = Stel mij de vragen
reporter-button-about = Over deze lijn
reporter-button-mine = Mijn meldingen
reporter-button-support = Steun voor mijn organisatie
reporter-button-new = Nieuwe melding
reporter-button-back = Terug
reporter-button-skip = Weet ik niet
reporter-button-keep = Laat dit zo
reporter-button-cancel = Annuleren
reporter-button-send = ✓ Verzenden
reporter-button-resume = Verder
reporter-button-discard = Weggooien
reporter-button-add-waiting = Ja, voeg toe
reporter-button-copy = Kopieer nummer
reporter-button-add = Iets toevoegen
reporter-button-add-to = Toevoegen aan { $ref }
reporter-yes = Ja
reporter-no = Nee

reporter-invited-only =
    Hallo. Dit is de meldlijn van { $team }. Melden kan hier alleen wie door het team is uitgenodigd. Heeft u een uitnodiging gekregen? Open dan de link daarin.
reporter-phone-line = Is het dringend? Bel ons op { $phone }.
reporter-about =
    <b>De meldlijn van { $team }</b>
    Hier meldt u dat iemand zijn woning dreigt te verliezen. Het team zoekt contact en denkt mee, met huurder en verhuurder.
reporter-about-privacy =
    <b>Wat gebeurt er met wat u schrijft?</b>
    Alleen het team ziet het. We bewaren het niet langer dan nodig. Telegram-chats zijn niet volledig versleuteld: geef geen medische gegevens, geen burgerservicenummer en geen rekeningnummer.

reporter-free =
    <b>Vertel het in één bericht.</b>
    Om wie gaat het, waar woont die persoon, op welk nummer is die bereikbaar, en wat is er aan de hand? Ook dit helpt: sinds wanneer, hoeveel achterstand, en of er al een zitting of ontruiming is. Wat ontbreekt, vraag ik daarna.
reporter-write = Schrijf het in een paar woorden, dan kan ik het lezen.
reporter-which-procedure = <b>Waarover gaat het?</b> Kies wat het best past.
reporter-procedure-ravels = Huurachterstand of brief van rechter
reporter-procedure-eropaf = Andere zorg over iemands woning
reporter-which-report =
    <b>Is dit een nieuwe melding?</b>
    Of hoort uw bericht bij een melding die u al deed?

reporter-place = Vraag { $n } van { $m }
reporter-ask-kind = Wat voor bericht is het?
reporter-ask-consent = Geeft de verhuurder toestemming om de gemeente hiervan op de hoogte te brengen?
reporter-choose = Tik op een van de antwoorden.
reporter-required = Zonder dit kunnen we niet beginnen. Wat u weet, is genoeg.
reporter-too-long = Dat is langer dan past ({ $n } tekens, er passen er { $max }). Ik heb er niets van bewaard. Kunt u het korter zeggen?
reporter-story-full = Dat laatste bericht kon er niet meer bij: de melding is al erg lang. Wat u eerder schreef staat er nog. Kunt u het korter zeggen?
reporter-many = U stuurde het laatste uur al veel meldingen; wij lezen ze allemaal. Deze staat klaar: tik straks nog eens op Verzenden.
reporter-many-call = Is er haast bij? Bel { $phone }.
reporter-several = Ik lees meer dan één huurder of adres. Eén melding gaat over één huishouden. Over wie gaat deze? Voor de anderen doet u daarna een nieuwe melding.
reporter-noted = Genoteerd: { $value }.

reporter-phone-not_a_number = Ik lees dat niet als een telefoonnummer. Schrijf alleen het nummer, bijvoorbeeld 06 12 34 56 78.
reporter-phone-letters = Daar staan letters in. Schrijf alleen het nummer, bijvoorbeeld 06 12 34 56 78.
reporter-phone-too_short = Dat nummer is te kort. Wilt u het nakijken?
reporter-phone-too_long = Dat nummer is te lang. Wilt u het nakijken?
reporter-phone-premium = Dat is een betaalnummer, dat bellen we niet. Heeft u een ander nummer?
reporter-amount-unclear = Dat bedrag kan ik niet op één manier lezen. Schrijf bijvoorbeeld “1240 euro” of “2 maanden”.
reporter-amount-which = <b>{ $n }: euro of maanden?</b>
reporter-date-which = <b>Welke dag bedoelt u?</b>
reporter-date-none = <b>“{ $typed }” bestaat niet. Bedoelt u:</b>
reporter-date-unclear = Die datum kan ik niet lezen. Schrijf bijvoorbeeld “7 oktober” of “do 7 okt 10:00”.
reporter-date-past = <b>{ $date } is al voorbij. Klopt dat?</b>
reporter-date-moved = <b>Die tijd bestaat niet door de zomertijd. Bedoelt u { $date }?</b>

reporter-understood = Dank u. Dit heb ik begrepen. Iets fout? Tik op de regel.
reporter-correct = <b>Klopt dit?</b>
reporter-files = Bijgevoegd: { $n ->
    [one] 1 bestand
   *[other] { $n } bestanden
 }.
reporter-files-offer = Een brief? Stuur gerust een foto of pdf.
reporter-line-kind = Bericht
reporter-line-consent = Verhuurder stemt in
reporter-line-client = Huurder
reporter-line-address = Adres
reporter-line-phone = Telefoon
reporter-line-amount = Bedrag
reporter-line-relation = U
reporter-line-text = Uw verhaal
reporter-line-why = Waarom nu
reporter-line-view = Wat er speelt
reporter-line-hearing = Zitting
reporter-line-eviction = Datum ontruiming
reporter-not-known = niet bekend
reporter-months = { $n ->
    [one] 1 maand
   *[other] { $n } maanden
 }
reporter-still-missing = Er ontbreekt nog iets voor we kunnen verzenden.
reporter-sent = ✓ Verzonden. Dank u.
reporter-cleared = Wat u schreef, wis ik uit deze chat; het team heeft het.
reporter-not-sent = Dat kon ik niet verzenden. Wat u schreef staat er nog; probeer het straks opnieuw.

reporter-resume = <b>U was een melding aan het maken ({ $client }).</b> Die is nog niet verzonden.
reporter-resume-waiting =
    <b>U was een melding aan het maken ({ $client }).</b>
    Gaat uw bericht van daarnet daarover?
reporter-without-name = nog zonder naam
reporter-discarded = Goed, er is niets verzonden en niets bewaard. U kunt altijd opnieuw beginnen.
reporter-draft-expired = Uw vorige melding was na drie dagen nog niet verzonden en is gewist.
reporter-no-draft = Die melding is al verzonden of weggegooid. Er is niets veranderd.
reporter-old-question = Die vraag is al beantwoord. Er is niets veranderd.

reporter-file-kept = Het bestand is toegevoegd.
reporter-file-kind = Zo’n bestand kan ik niet bewaren. Stuur een foto of een pdf.
reporter-file-empty = Dat bestand is leeg. Wilt u het nog eens sturen?
reporter-file-large = Dat bestand is te groot (meer dan 10 MB). Stuur een foto of een kleinere pdf.
reporter-files-full = Er zijn al { $max } bestanden bij deze melding. Dat is genoeg om te beginnen.
reporter-text-only = Dat kan ik niet lezen en heb ik niet bewaard. Schrijf het in tekst, of stuur een foto of pdf.
reporter-contact = Een gedeeld contact bewaar ik niet. Typ het telefoonnummer, dan weet ik zeker wat u bedoelt.

reporter-receipt =
    <b>Uw melding is ontvangen</b>, { $day } om { $clock }, nummer <code>{ $ref }</code>.
reporter-mine = <b>Uw meldingen</b>
reporter-mine-line = <code>{ $ref }</code> · { $status }
reporter-status-received = ontvangen
reporter-status-worked-on = in behandeling
reporter-status-closed = afgesloten
reporter-none = U heeft nog geen melding gedaan.

reporter-add =
    <b>Toevoegen aan <code>{ $ref }</code></b>
    Schrijf wat u wilt toevoegen, stuur een foto of pdf, of kies:
reporter-add-closed = De melding <code>{ $ref }</code> is afgesloten. Is er opnieuw iets aan de hand? Doe dan een nieuwe melding.
reporter-add-eviction = <b>Wanneer is de ontruiming?</b>
reporter-add-hearing = <b>Wanneer is de zitting?</b>
reporter-button-add-paid = De huur is betaald
reporter-button-add-eviction = Datum ontruiming
reporter-button-add-hearing = Datum zitting
reporter-button-add-withdraw = Melding intrekken
reporter-sure-paid = <b>De huur van melding <code>{ $ref }</code> is betaald?</b> Het team bekijkt dan zelf wat er nog nodig is.
reporter-sure-withdraw = <b>Melding <code>{ $ref }</code> intrekken?</b> Het team beslist wat er nog nodig is.
reporter-withdrawn = We geven door dat u <code>{ $ref }</code> intrekt. Het team beslist wat er nog nodig is.
reporter-nothing-changed = Goed, er is niets veranderd.

reporter-support = <b>Schrijf in één bericht wat u wilt vragen</b> en hoe we u bereiken.
reporter-support-passed = Dank u. We hebben uw vraag doorgegeven; u hoort van ons.
