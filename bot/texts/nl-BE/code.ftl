# De veiligheidscode van een coördinator (S22).

help-code = /code – je veiligheidscode
code-ask-new = <b>Kies een veiligheidscode: zes cijfers.</b>
    Ik vraag ze vóór een bestand met dossiers, en als iemand in of uit het team gaat of het kanaal een ander wordt. Wie alleen je toestel in handen heeft, kan dat dus niet. Wat je hier typt, wis ik meteen.
code-ask-again = <b>Typ dezelfde zes cijfers nog eens.</b>
code-ask-old = <b>Typ eerst de code die je nu hebt.</b>
code-ask-enter = <b>Je veiligheidscode?</b> Zes cijfers. Ik wis ze meteen.
code-six = Dat zijn geen zes cijfers.
code-easy = Die is te makkelijk te raden.
code-not-same = Dat waren niet twee keer dezelfde cijfers.
code-wrong = Dat is niet je code. { $left ->
    [one] Nog één poging.
   *[other] Nog { $left } pogingen.
}
code-set = ✓ <b>Je veiligheidscode staat.</b> Vergeten? Wie Kier beheert, kan ze wissen; dan kies je een andere.
code-right = ✓ Klopt. Tot { $at } vraag ik ze niet meer.
code-press-go-on = Ga verder
code-barred = Te vaak een foute code: tot { $at } kan dit niet. De coördinatoren weten het. Vergeten? Wie Kier beheert, kan ze wissen.
cannot-needs-code = Hiervoor is je veiligheidscode nodig. Begin opnieuw, dan vraag ik ze eerst.
