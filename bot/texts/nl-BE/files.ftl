file-not-made = Het bestand of de afbeelding hierbij kon ik niet maken, dat lag aan ons. De tekst klopt wel. Vraag het straks nog eens.
