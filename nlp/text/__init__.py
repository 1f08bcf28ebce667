"""Text as linguistic material: folded forms, sentences, numerals, lexicons, encodings."""
