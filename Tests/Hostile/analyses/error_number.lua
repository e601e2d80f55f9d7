-- Raises a number.
-- exit: 1
-- says: readout: 42

error(42)
