-- Makes a dataset with two fields that differ in bytes that are no UTF-8.
-- exit: 1
-- says: a field's name in row 1 of t that is no UTF-8: 0xFE

print(dataset { t = { { ["\xff"] = 1, ["\xfe"] = 2 } } }.t)
