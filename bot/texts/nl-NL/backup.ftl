# Reservekopieën: wat de coördinator ervan hoort.

backup-failed = Ik kon geen reservekopie maken. De rest werkt gewoon door. Vraag wie Kier beheert om ernaar te kijken: kier doctor.
restored = <b>Ik ben teruggezet naar hoe alles stond: { $when }.</b>
restored-lost = Wat daarna gemeld, beantwoord of gewijzigd is, ken ik niet meer. Geef het opnieuw door. Knoppen onder berichten van daarna werken niet meer; wat nog open staat, vraag ik opnieuw.
restored-again = { $n ->
    [one] Eén bericht stond toen klaar. Het komt nog één keer, met (opnieuw) erbij.
   *[other] { $n } berichten stonden toen klaar. Ze komen nog één keer, met (opnieuw) erbij.
}
restored-doubtful = { $n ->
    [one] Van één bericht is niet zeker of het is aangekomen. Ik stuur het niet nog eens.
   *[other] Van { $n } berichten is niet zeker of ze zijn aangekomen. Ik stuur ze niet nog eens.
}
restored-people = Kijk met /team na wie erbij hoort. Wie nog een uitnodiging had, heeft een nieuwe nodig: /uitnodigen.
