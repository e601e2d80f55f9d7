-- Reads a file as a list of words.
-- exit: 1

print(open("data").t:keywords { column = "text", stop = "/etc/passwd" })
