-- Raises a query as an error.
-- exit: 1

error(open("data").t)
