# Hoelang wat persoonlijk is bewaard blijft, en wie het bekeek: voor coördinatoren.

retention-soon = { $n ->
    [one] Van één dossier wordt binnenkort gewist wat persoonlijk is:
   *[other] Van { $n } dossiers wordt binnenkort gewist wat persoonlijk is:
}
retention-goes = Dan voorgoed weg: namen, adressen, telefoonnummers, wat mensen zeiden, en bestanden.
retention-stays = Wat blijft: het nummer van het dossier, de stappen, hun tijden, en de cijfers.
retention-longer = Heb je er een langer nodig? Tik op het nummer.
retention-why = Waarom heb je <code>{ $ref }</code> langer nodig? Het blijft dan { $months } maanden langer bewaard, en je reden wordt genoteerd.
press-retain-court = Een rechtszaak
press-retain-complaint = Een klacht
press-retain-contact = We hebben nog contact
retention-kept = <code>{ $ref }</code> blijft bewaard tot { $on }. Dat is genoteerd, met de reden.
retention-cannot = Dat gaat niet: dit dossier is open, of het is al gewist.
saw-ask-ref = Van welk dossier? Stuur <code>/wiezag</code> met het nummer erachter.
saw-title = Wie het bekeek, de laatste eerst:
saw-nobody = Nog niemand.
saw-server = op de server
saw-gone = iemand die weg is
saw-details = zag de gegevens
saw-refused = probeerde het, en werd geweigerd
saw-export-names = voerde het uit met namen
saw-export-case = voerde het uit als bestand
saw-person-export = voerde het uit voor de persoon zelf
saw-person-erase = wiste het op verzoek van de persoon
saw-erased = gewist: de termijn was om
saw-kept-court = bewaart het langer: een rechtszaak
saw-kept-complaint = bewaart het langer: een klacht
saw-kept-contact = bewaart het langer: nog contact
saw-other = iets anders
help-who-saw = /wiezag K7QM-4T – wie een dossier bekeek
person-third-parties = Wat mensen schreven kan ook over anderen gaan: lees alles, en haal eruit wat van hen is, voordat je het afgeeft.
