file-not-made = Le fichier ou l’image qui devait suivre n’a pas pu être créé, c’est de notre faute. Le texte, lui, est correct. Redemandez plus tard.
