file-not-made = The file or picture that belongs here could not be made; that was our fault. The text is right. Please ask again later.
