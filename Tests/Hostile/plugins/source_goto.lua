-- Jumps into a block.
-- exit: 3
-- says: no visible label 'b'

goto a
do
  ::b:: goto a
end
::a:: goto b
