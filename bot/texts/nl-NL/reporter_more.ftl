# De melder: wat er in één bericht bij kan, hoe we hem bereiken, wat hij toevoegt, hoe het na drie maanden is.

reporter-along = Zet er graag bij: { $what }.
reporter-along-address = het adres
reporter-along-phone = het telefoonnummer
reporter-along-relation = wie u bent
reporter-along-why = waarom u het nu meldt
reporter-along-amount = hoe hoog de huurachterstand is
reporter-along-reach = op welk nummer we u bereiken
reporter-relation-landlord = verhuurder
reporter-relation-neighbour = buur
reporter-relation-family = familie
reporter-relation-friend = vriend of kennis
reporter-also-noted = Dat staat erbij.
reporter-button-by-chat = Via deze chat
reporter-line-reach = We bereiken u

# Toegevoegd: wat de hulpverlener en de coördinator lezen

info-added-text = ✉️ <b>De melder voegt iets toe.</b> Het staat bij Details.
info-added-file = ✉️ <b>De melder stuurt een bestand.</b> Het staat bij Details.
info-added-paid = ✉️ <b>De melder zegt: de huur is betaald.</b> Kijk wat er nog nodig is.
info-added-withdraw = ✉️ <b>De melder trekt de melding in.</b> Wat er nog nodig is, beslist het team.
info-added-hearing = ✉️ <b>De melder noemt een zitting</b>: { $at }.
info-added-eviction = ✉️ <b>De melder noemt een datum van ontruiming</b>: { $at }.
info-added-other = In het dossier blijft staan: { $at }. Klopt de nieuwe datum? Tik op Wijzigen.
info-added-after-yes = ✉️ <b>De melder zegt, na drie maanden: de huurder woont er nog.</b>
info-added-after-no = ✉️ <b>De melder zegt, na drie maanden: de huurder woont er niet meer.</b>
info-added-after-unknown = ✉️ <b>De melder weet niet hoe het na drie maanden is.</b>
event-added = Melder: { $what }
added-text = aanvulling
added-file = bestand
added-paid = huur betaald
added-withdraw = melding ingetrokken
added-hearing = zitting
added-eviction = datum ontruiming
added-after-yes = woont er nog
added-after-no = woont er niet meer
added-after-unknown = weet niet hoe het nu is
details-reach = Melder bereiken: { $value }
reach-by-chat = via deze chat
press-copy-reach = Kopieer nummer melder

# Wat de melder leest

reporter-added-text = Toegevoegd aan <code>{ $ref }</code>: uw bericht. Dank u; het team leest het.
reporter-added-file = Toegevoegd aan <code>{ $ref }</code>: uw bestand. Dank u; het team bekijkt het.
reporter-added-paid = Toegevoegd aan <code>{ $ref }</code>: de huur is betaald. Dank u; we geven het door.
reporter-added-hearing = Toegevoegd aan <code>{ $ref }</code>: zitting { $at }. Dank u; we geven het door.
reporter-added-eviction = Toegevoegd aan <code>{ $ref }</code>: ontruiming { $at }. Dank u; we geven het door.
reporter-mine-gate = We spreken u eerst zelf, voordat we iets ondernemen.
reporter-after =
    <b>Melding <code>{ $ref }</code> van { $day }: woont de huurder daar nog, voor zover u weet?</b>
    We vragen het één keer. Over de huurder zelf kunnen we u niets vertellen.
reporter-after-thanks = Dank u, we geven het door (<code>{ $ref }</code>). Is er opnieuw iets aan de hand? Doe dan een nieuwe melding.
reporter-after-already = Dat hebt u al laten weten. Dank u.
reporter-date-sure = <b>{ $date }: klopt dat?</b>
reporter-album-kept = Uw foto’s worden toegevoegd.
reporter-file-begun = Dank u, uw bestand is bewaard.
