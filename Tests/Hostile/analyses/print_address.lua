-- Prints tables and functions.
-- exit: 0
-- prints: table	function	function	table	dataset data: 

print({}, print, open, string, open("data"))
