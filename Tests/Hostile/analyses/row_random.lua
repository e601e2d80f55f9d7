-- Asks for random numbers in a function of rows, which runs in no order.
-- exit: 1
-- says: there are no random numbers in a function of rows

print(#open("data").t:where(function(row) return math.random() < row.n end))
