-- Names that are not ASCII.
-- exit: 3

return { name = "café" }
