extension Sandbox {
  /// Runs once in each state, with all of Lua's library and the bridge's `host` table, and gives the function that makes
  /// globals. Afterwards no script can reach what is not handed over here.
  static let source = #"""
    local unknown = ...
    local host, error, setmetatable, getmetatable = host, error, setmetatable, getmetatable
    local pairs, next, rawset, keep_modules = host.pairs, host.next, host.rawset, host.keep_modules
    local mark_library, mark_globals = host.mark_library, host.mark_globals

    -- Everything that rawset must not touch.
    local frozen = {}

    local function names_of(members)
      local names = {}
      for name in pairs(members) do names[#names + 1] = name end
      return names
    end

    -- Where looking for a name ends.
    local function with_missing(members, library)
      return setmetatable(members, {
        __index = function(_, name) return unknown(name, library, names_of(members)) end,
      })
    end

    local function refuse_write(_, name)
      error("a library cannot be changed: " .. host.tostring(name), 2)
    end

    local function freeze(members)
      local proxy = setmetatable({}, {
        __index = members,
        __newindex = refuse_write,
        __pairs = function(proxy)
          local names, place = names_of(members), 0
          return function()
            place = place + 1
            return names[place], members[names[place]]
          end, proxy
        end,
        __metatable = false,
      })
      frozen[proxy] = true
      mark_library(proxy)
      return proxy
    end

    local function pick(from, names, into)
      into = into or {}
      for name in names:gmatch("%S+") do into[name] = from[name] end
      return into
    end

    local string_members = pick(string, [[
      byte char len lower pack packsize reverse sub unpack upper]])
    pick(host, "find format gmatch gsub match rep", string_members)
    with_missing(string_members, "string.")
    local text = getmetatable("")
    text.__index = string_members
    text.__metatable = false

    local math_members = {}
    for name, member in pairs(math) do math_members[name] = member end
    pick(host, "random randomseed", math_members)

    local base = pick(_G, [[
      assert error getmetatable ipairs pcall rawequal rawget rawlen select tonumber type _VERSION]])
    pick(host, "next pairs tostring xpcall setmetatable words mentions lexicon has tokens sentences each_token", base)
    base.rawset = function(table, key, value)
      if frozen[table] then refuse_write(table, key) end
      return rawset(table, key, value)
    end
    base.string = freeze(string_members)
    base.math = freeze(with_missing(math_members, "math."))
    base.table = freeze(with_missing(
      pick(host, "insert move remove sort", pick(table, "concat pack unpack")), "table."))
    base.utf8 = freeze(with_missing(pick(utf8, "char charpattern codepoint codes len offset"), "utf8."))

    local function requirer(compile)
      local loaded, loading = {}, {}
      keep_modules(loaded)
      return function(name)
        local known = loaded[name]
        if known ~= nil then return known end
        local chunk = compile(name)
        if loading[name] then error("module " .. name .. " requires itself", 2) end
        loading[name] = true
        local value = chunk(name)
        loading[name] = nil
        if value == nil then value = true end
        loaded[name] = value
        -- One that requires another may still change it.
        if next(loading) == nil then keep_modules(loaded) end
        return value
      end
    end

    return function(extras, is_open, compile)
      local members = {}
      for name, member in pairs(base) do members[name] = member end
      for name, member in pairs(extras) do members[name] = member end
      members.require = requirer(compile)
      with_missing(members, "")
      local globals = {}
      mark_globals(globals)
      if is_open then
        -- What a script may change stands in its own globals.
        globals.arg, members.arg = members.arg, nil
        members._G = globals
        return setmetatable(globals, { __index = members, __metatable = false })
      end
      frozen[globals] = true
      return setmetatable(globals, {
        __index = members,
        __newindex = function(_, name)
          error("global " .. host.tostring(name) .. " cannot be set: write local " .. host.tostring(name), 2)
        end,
        __metatable = false,
      })
    end
    """#
}
