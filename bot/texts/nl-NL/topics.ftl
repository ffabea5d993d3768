# Wat het kanaal van een dossier leest, en wat coördinatoren over de onderwerpen ervan horen.

topic-closed = gesloten · { $at }
topic-reopened = heropend · { $at }
topic-phase = { $before } → { $after }
topic-moved = is nu bij { $name } · { $at }
topic-with-coordinator = de coördinator beslist wie dit oppakt

topics-no-rights = Ik mag in het kanaal geen onderwerpen maken. Geef me als beheerder het recht <i>Onderwerpen beheren</i>. Tot die tijd schrijf ik in de groep zelf.
topics-refused = Onderwerpen maken lukt niet in het kanaal. Ik schrijf in de groep zelf; er gaat niets verloren.
topics-not-forum = Het kanaal heeft geen onderwerpen meer. Ik schrijf nu in de groep zelf.
topics-gone = Het onderwerp van <code>{ $ref }</code> is er niet meer of is op slot. Wat er nog bij komt, schrijf ik in de groep zelf.
