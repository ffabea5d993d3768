# What a coordinator is told and decides.

new-report = <b>Nieuwe melding</b> · { $ref }
assign-added = ✉️ Van de melder: { $what } ({ $at }).
first-workday = werkdag 1 is { $day }
via = via { $who }
reporter-role-social-landlord = de woningcorporatie
reporter-role-rental-agency = een verhuurbemiddelaar
reporter-role-landlord = de verhuurder
reporter-role-neighbour = een buur
reporter-role-family = familie
reporter-role-friend = een vriend
reporter-role-care = de zorg
reporter-role-social-work = een hulpverlener
reporter-role-bailiff = de deurwaarder
reporter-role-lawyer = een advocaat
reporter-role-police = de politie
reporter-role-school = de school
reporter-role-tenant = de huurder zelf
reporter-role-other = een derde
phase-short = fase { $n }
note-soon = ⚠ Er is een zitting op of voor werkdag 5.
likeness = ⚠ Misschien een bekend dossier: { $ref }, { $state }{ $outcome }, { $worker }
likeness-worker = hulpverlener: { $worker }
likeness-not-yet = nog niet toegewezen
likeness-nobody = nooit toegewezen
likeness-open = nog open
likeness-closed = gesloten { $on }
load = { $n ->
    [0] geen dossiers
    [one] 1 dossier
   *[other] { $n } dossiers
}
knows-household = kent het gezin
is-away = afwezig
press-someone-else = Iemand anders…
press-known = Bekend: { $ref } · { $worker }
press-new-household = Nieuw dossier
ask-known-to-whom = Aan wie geef je het? Kijk eerst of het dossier bekend is.
ask-known = Nieuw of bekend dossier?

alert-late = 🔴 <b>Nog geen antwoord van { $worker } op <i>{ $what }</i></b>. Het was tot { $due }.
alert-late-own = 🔴 <b>Nog geen antwoord op <i>{ $what }</i></b>. Het was tot { $due }.
alert-unassigned = 🔴 <b>Werkdag 1 is voorbij en nog niemand heeft dit dossier.</b>
alert-not-reached = 🔴 <b>{ $what }: het blijft niet lukken.</b> Ik vraag het niet meer; wat nu?
alert-answered = 🔴 <b>{ $what }: { $said }.</b> De stap blijft open; wat nu?
alert-crisis-began = <b>Dit dossier is nu in crisis.</b>
alert-left = 🔴 <b>De hulpverlener is weg.</b> Dit dossier heeft iemand nodig.
alert-open-now = Nu open: { $what }.
press-answer-for = Antwoord invullen
press-extend = Uitstel met reden
press-tell = Zeg het { $name } nu
done-told = ✓ <b>Gezegd aan { $name }</b>
done-told-later = ✓ <b>{ $name } leest het { $at }</b>
press-take-over = Ik neem het over
press-lift-crisis = Geen crisis meer
press-lift-gate = Verder zonder de melder
press-part = Melding van { $at } apart

top-extend = Uitstel
top-lift = Beslissing van de coördinator
top-invite = Iemand uitnodigen
top-leave-team = Weg uit het team
ask-extend = Wat wordt de nieuwe termijn?
ask-lift-gate = Waarom mag het verder zonder dat de melder gesproken is?
ask-lift-crisis = Waarom is de crisis voorbij?
ask-invite-name = Hoe heet deze persoon?
ask-invite-role = In welke rol?
ask-leave-team = { $n ->
    [0] Is { $name } weg uit het team?
    [one] Is { $name } weg uit het team? Het ene open dossier komt terug om toe te wijzen.
   *[other] Is { $name } weg uit het team? De { $n } open dossiers komen terug om toe te wijzen.
}
done-extend = ✓ <b>Uitstel</b>: { $what }, tot { $at }.
done-lift-gate = ✓ <b>Verder zonder gesprek met de melder</b>
done-lift-crisis = ✓ <b>Geen crisis meer</b>
done-part = ✓ <b>Die melding is nu een eigen dossier</b>
done-leave-team = ✓ <b>{ $name } is weg uit het team.</b> Open dossiers komen terug om toe te wijzen.
done-invite = ✓ <b>Uitnodiging voor { $name }</b> ({ $role }). Die werkt één keer; jij bevestigt wie die opent.
invite-link = { $link }
invite-code = Of laat deze persoon me dit sturen: <code>/start { $code }</code>
press-open-link = Openen
press-copy-invite = Kopieer uitnodiging

list-today = Vandaag: { $n }
list-today-empty = Niets te doen. Geniet van de rust.
list-cases = Je dossiers: { $n }
list-cases-empty = Je hebt nu geen dossiers.
list-status = Dossiers: { $n }
list-status-empty = Er zijn geen open dossiers.
list-overdue = Te laat: { $n }
list-overdue-empty = Niets is te laat.
list-team = Team: { $n }
list-absent = Afwezig: { $n }
list-absent-empty = Niemand is afwezig gemeld.
soon-hearing = zitting { $at }
soon-eviction = ontruiming { $at }
press-list-today = Vandaag
press-list-cases = Mijn dossiers
press-list-status = Status
press-list-overdue = Te laat
press-list-team = Team
press-list-absent = Wie is er niet?
press-leave-team = { $name } gaat weg…
invited = uitgenodigd
away-today = vandaag afwezig
leave-covered = { $days }, vervanger: { $who }
leave-asked = { $days }, vervanging gevraagd aan { $who }
leave-nobody = { $days }, zonder vervanger

digest-coordinator = { $day } · { $n ->
    [one] 1 dossier vraagt aandacht
   *[other] { $n } dossiers vragen aandacht
}
digest-well = { $day } · alles op schema
digest-none = { $day } · geen open dossiers
digest-worker = { $day } · { $n ->
    [one] 1 vraag wacht op je
   *[other] { $n } vragen wachten op je
}
digest-today = Vandaag: { $who }.
asked-of = { $n ->
    [one] 1 vraag aan { $name }
   *[other] { $n } vragen aan { $name }
}
digest-absent = { $name } is er niet (vervanger: { $who }).
digest-absent-nobody = { $name } is er niet, zonder vervanger: vragen komen bij jou.

channel-claim = Wie neemt dit dossier?
press-claim = Ik neem het
channel-assigned = is voor { $name } · { $at }
channel-taken = { $name } neemt het · { $at }
