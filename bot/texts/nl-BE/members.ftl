# Verlof, werkdagen, vervangen en vertrekken.

cover-title = <b>Wie er dan is:</b>
cover-yes = { $days }: { $name }
cover-chain-away = { $days }: { $name }, want { $who } is er dan ook niet
cover-chain-off = { $days }: { $name }, want { $who } werkt dan niet
cover-gap-away = { $days }: <b>niemand</b>, want { $who } is er dan ook niet
cover-gap-off = { $days }: <b>niemand</b>, want { $who } werkt dan niet
cover-missed = <b>Je vervangt dan { $name }.</b> Op die dagen is dat nu:
cover-missed-chain = { $days }: { $name }
cover-missed-gap = { $days }: <b>niemand</b>

leave-works = <b>{ $name }</b> werkt: { $days }.
leave-planned = Gepland verlof:
leave-planned-none = Er is geen verlof gepland.
leave-one = <b>Verlof van { $name }</b>: { $days }
leave-one-accepted = { $name } vervangt.
leave-one-asked = { $name } is gevraagd om te vervangen.
leave-one-nobody = Er is geen vervanger: vragen gaan naar de coördinator.
press-away-stand-in = Andere vervanger
press-away-to = Andere laatste dag
press-away-drop = Verlof annuleren
press-away-back = Vandaag al terug
press-my-leave = Mijn verlof
press-works = Werkdagen
press-leave-of = { $name } · verlof, dagen
done-away-changed = ✓ <b>Aangepast.</b>
done-away-dropped = ✓ <b>Dat verlof gaat niet door.</b> Wie zou vervangen, weet het.
done-away-back = ✓ <b>Welkom terug.</b>
stand-in-off = Je moet { $name } niet meer vervangen ({ $days }).
stand-in-until = Het verlof van { $name } is veranderd: { $days }.

top-works = Werkdagen van { $name }
ask-works = Op welke dagen is er werk?
ask-works-hint = Tik de dagen aan of uit, en dan op Klaar.
works-none = Minstens één dag is nodig. Er is niets veranderd.
works-all = alle werkdagen van het team
done-works = ✓ <b>{ $name } werkt nu op</b>: { $days }.

brief = Je vervangt { $name } tot en met { $last } · { $n ->
    [0] geen open dossiers
    [one] 1 dossier
   *[other] { $n } dossiers
}
brief-open = Je vervangt { $name } · { $n ->
    [0] geen open dossiers
    [one] 1 dossier
   *[other] { $n } dossiers
}
back = Welkom terug, { $name }.
back-since = Dit gebeurde sinds { $since }:
back-nothing = Sinds { $since } is er niets gebeurd in je dossiers.
back-more = … en eerder nog { $n }
back-quiet = Niets gebeurd in: { $refs }

press-hand-on = Dossiers één voor één
hand-on = <b>Dossiers van { $name }</b> · { $n ->
    [0] dit is het laatste
    [one] hierna nog 1
   *[other] hierna nog { $n }
}
hand-on-ask = <b>Wie neemt dit dossier over?</b>
hand-on-nobody = <b>Er is niemand om dit dossier aan te geven.</b>
press-hand-on-assign = Naar de coördinator
hand-on-done = ✓ Naar { $name }

invite-qr = Scan dit met de camera van de andere gsm: de uitnodiging voor { $name }.
