-- Reads by a pattern.
-- exit: 1
-- says: an analysis may not read this

print(#open("/etc/*").passwd)
