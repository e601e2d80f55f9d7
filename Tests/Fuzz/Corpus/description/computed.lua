local t = {} for i = 1, 3 do t["y" .. i] = { file = i .. ".csv", encoding = "latin1", quote = false } end return { tables = t }
