# Wat teamleden en nieuwkomers lezen. Teamleden "je"; wie nog geen teamlid is "u".

member-help =
    <b>Wat kunt u hier doen?</b>
    Schrijf gewoon wat er aan de hand is, dan begint uw melding.
    /melden – een melding doen
    /meldingen – uw meldingen
    /over – over deze lijn
    /taal – andere taal
    /instellingen – instellingen
member-button-report = Melding doen
member-button-away = Ik ben er niet
member-settings =
    <b>{ $name }</b> · { $role }
    Taal: { $tongue }
member-settings-reporter = Taal: { $tongue }

member-language =
    <b>Welke taal?</b> · Quelle langue ? · Which language?
member-language-set = ✓ Vanaf nu in het Nederlands.

member-link-invalid = Deze link is niet (meer) geldig. Vraag het team om een nieuwe uitnodiging.
member-waiting = Dank u. Een coördinator van { $team } bevestigt nog dat u het bent. U krijgt hier bericht.
member-joined = ✓ U bent binnen. Typ /start om te beginnen.
member-welcome = <b>Welkom, { $name }.</b> Je bent { $role } bij { $team }.
member-welcome-more = Typ /hulp om te zien wat je kunt vragen.
member-declined = De coördinator van { $team } heeft deze uitnodiging niet bevestigd. Is dat een vergissing? Neem dan contact op met het team.
member-confirm =
    <b>Iemand opende de uitnodiging voor { $name }</b> ({ $role }).
    In Telegram heet die persoon: { $shown }. Een naam in Telegram bewijst niets; vraag het na als je twijfelt.
member-button-confirm = ✓ Dat klopt
member-button-refuse = Niet binnenlaten
member-confirmed = ✓ { $name } is nu { $role }.
member-refused = Niet binnengelaten. De uitnodiging is vervallen.
member-already-decided = Over die uitnodiging is al beslist. Er is niets veranderd.

member-group =
    <b>Ik ben toegevoegd aan de groep “{ $title }”.</b>
    Is dat het kanaal van het team? Daar komen alleen nummers, fase en gemeente, nooit een naam of adres.
member-button-group-yes = Ja, dit is ons kanaal
member-button-group-no = Nee, verlaat de groep
member-group-confirmed = ✓ Dit is nu het kanaal van het team.
member-group-left = Goed, ik verlaat die groep.
member-group-personal = Hier staat misschien iets persoonlijks over een cliënt. Ik heb het niet bewaard. Wil je dat bericht verwijderen? Schrijf het mij liever in de privéchat.
member-group-invite = Een uitnodiging werkt alleen in een privéchat met mij. Iedereen kon deze nu lezen, dus ze is vervallen.
member-group-private = Dat kan alleen in de privéchat met mij.
member-channel-removed = Ik ben uit het kanaal van het team gezet. Nieuwe meldingen komen nu alleen bij jou. Voeg me opnieuw toe om het kanaal weer te gebruiken.
member-channel-muted = Ik kan niet meer schrijven in het kanaal van het team. Nieuwe meldingen komen nu alleen bij jou.
member-channel-demoted = Ik ben geen beheerder meer van het kanaal van het team. Ik kan er geen berichten meer weghalen.
member-left-group =
    <b>{ $name } heeft het kanaal verlaten.</b>
    Rechten en dossiers zijn niet veranderd. Is { $name } ook uit het team?
member-button-left-team = Ja, uit het team
member-button-still-there = Nee

member-leave-sure =
    <b>Wil je het team verlaten?</b>
    { $n ->
        [0] Je hebt geen open dossiers.
        [one] Je ene open dossier gaat terug naar de coördinator.
       *[other] Je { $n } open dossiers gaan terug naar de coördinator.
    }
member-button-leave-yes = Ja, ik vertrek
member-button-leave-no = Nee, ik blijf
member-leave-stay = Goed, er is niets veranderd.
member-leave-farewell = Je bent uit het team. Je dossiers zijn terug bij de coördinator. Dank je voor alles.
member-leave-last = Je bent de laatste coördinator; iemand moet het team kunnen leiden. Nodig eerst een andere coördinator uit.
member-leave-not = Dat lukte niet. Er is niets veranderd.
