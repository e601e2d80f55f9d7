local a <const>, b <close> = 1, nil
goto done
for i = 1, 10, 2 do if i > 3 then break elseif a then a = -i else a = ~i end end
for k, v in pairs({ 1, x = 2, [3] = "y"; }) do t.f.g[1]:h "s" { } end
while not b do repeat local x = function(...) return ..., #a, a // 2 end until x() end
function m.n:o(p, ...) return end
::done:: do ; end --[==[ c ]==] return [[
x]], 'a\z  \x41\u{1F600}\065\n', 0x1p-2, 1e9
