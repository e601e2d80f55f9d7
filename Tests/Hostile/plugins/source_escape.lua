-- An escape for a code point that is too large.
-- exit: 3

return "\u{FFFFFFFFFF}"
