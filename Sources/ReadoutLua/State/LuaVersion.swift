import CLuaBridge

public enum LuaVersion {
  /// The release of the library that scripts run in: `Lua 5.4.4`.
  // Sound: a string constant.
  public static var release: String { unsafe String(cString: bridge_lua_release()) }
}
