-- Opens a dataset whose description names a file outside.
-- exit: 1
-- says: may not read

print(open("described").t)
