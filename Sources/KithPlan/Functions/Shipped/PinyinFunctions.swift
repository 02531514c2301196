import KithBase

extension FunctionSpec {
  /// Chinese names by sound.
  static let pinyinFunctions: [FunctionSpec] = [
    FunctionSpec(
      "pinyin", zh: "拼音", signature: "pinyin(text)",
      summary: """
        Chinese characters by sound, without tones and spaces, ü as v, so that \
        pinyin(name) starts with "wang" finds 王芳 and sort pinyin(name) sorts by sound; \
        other characters stay, in lower case
        """,
      examples: [
        ("pinyin(\"王芳\")", "wangfang"), ("pinyin(\"重庆银行\")", "chongqingyinhang"),
        ("pinyin(\"吕Ann\")", "lvann"),
      ], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("pinyin", arguments, count) { Pinyin.shared.spelled($0) }
      }),
    FunctionSpec(
      "initials", zh: "拼音首字母", aliases: ["首字母"], signature: "initials(text)",
      summary: "First letters of the pinyin; other letters and digits stay, in lower case",
      examples: [("initials(\"王芳\")", "wf"), ("initials(\"重庆A1公司\")", "cqa1gs")],
      takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("initials", arguments, count) { Pinyin.shared.initials($0) }
      }),
  ]
}
