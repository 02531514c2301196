import KithBase

extension ValueText {
  /// Local time; for machines with `T` and the offset, in UTC (`Z`) where the offset is not of
  /// whole minutes, since ISO 8601 cannot say it.
  func append(time microseconds: Int64, to output: inout [UInt8]) {
    var offset = style.zone.offset(at: microseconds)
    if form == .machines && offset % 60_000_000 != 0 { offset = 0 }
    let (sum, overflow) = microseconds.addingReportingOverflow(offset)
    let local = overflow ? microseconds : sum
    let perDay: Int64 = 86_400_000_000
    var (day, rest) = local.quotientAndRemainder(dividingBy: perDay)
    if rest < 0 {
      rest += perDay
      day -= 1
    }
    NumberText.append(day: Day(number: Int32(truncatingIfNeeded: day)), to: &output)
    output.append(form == .machines ? 0x54 : 0x20)
    NumberText.appendTwo(Int(rest / 3_600_000_000), to: &output)
    output.append(0x3A)
    NumberText.appendTwo(Int(rest / 60_000_000 % 60), to: &output)
    let belowMinute = UInt64(rest % 60_000_000)
    if form == .machines || belowMinute != 0 {
      output.append(0x3A)
      NumberText.appendTwo(Int(belowMinute / 1_000_000), to: &output)
      appendFraction(belowMinute % 1_000_000, to: &output)
    }
    if form == .machines { appendOffset(offset / 60_000_000, to: &output) }
  }

  private func appendOffset(_ minutes: Int64, to output: inout [UInt8]) {
    if minutes == 0 {
      output.append(0x5A)
      return
    }
    output.append(minutes < 0 ? 0x2D : 0x2B)
    NumberText.appendTwo(Int(minutes.magnitude / 60), to: &output)
    output.append(0x3A)
    NumberText.appendTwo(Int(minutes.magnitude % 60), to: &output)
  }

  /// `.5`, `.000123`; nothing for zero.
  private func appendFraction(_ microseconds: UInt64, to output: inout [UInt8]) {
    if microseconds == 0 { return }
    output.append(0x2E)
    NumberText.append(padded: microseconds, 6, to: &output)
    while output.last == 0x30 { output.removeLast() }
  }

  /// The parts that are not zero, months first; a zero duration is `0 days`.
  func append(duration: Duration, to output: inout [UInt8]) {
    if form == .machines {
      appendISO(duration, to: &output)
      return
    }
    var parts: [String] = []
    if duration.months != 0 { parts.append(counted(duration.months, "month", "个月")) }
    if duration.days != 0 || duration == Duration() {
      parts.append(counted(duration.days, "day", "天"))
    }
    if duration.microseconds != 0 { parts.append(clock(duration.microseconds)) }
    output.append(contentsOf: parts.joined(separator: style.tongue == .chinese ? "" : " ").utf8)
  }

  private func counted(_ count: Int64, _ english: String, _ chinese: String) -> String {
    if style.tongue == .chinese { return "\(count)\(chinese)" }
    return "\(count) \(english)\(count.magnitude == 1 ? "" : "s")"
  }

  /// `2 h 15 min`, 2小时15分; from two days on in days of 24 hours with one decimal: `81.2 days`.
  private func clock(_ microseconds: Int64) -> String {
    let size = microseconds.magnitude
    let chinese = style.tongue == .chinese
    let perDay: UInt64 = 86_400_000_000
    if size >= 2 * perDay {
      let tenths = (size + perDay / 20) / (perDay / 10)
      let text = "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
      return (microseconds < 0 ? "-" : "") + text + (chinese ? "天" : " days")
    }
    var parts: [String] = []
    let hours = size / 3_600_000_000
    let minutes = size / 60_000_000 % 60
    if hours > 0 { parts.append("\(hours)" + (chinese ? "小时" : " h")) }
    if minutes > 0 { parts.append("\(minutes)" + (chinese ? "分" : " min")) }
    let belowMinute = size % 60_000_000
    if belowMinute > 0 {
      parts.append(seconds(belowMinute) + (chinese ? "秒" : " s"))
    }
    return (microseconds < 0 ? "-" : "") + parts.joined(separator: chinese ? "" : " ")
  }

  private func seconds(_ microseconds: UInt64) -> String {
    var output: [UInt8] = []
    NumberText.append(magnitude: microseconds / 1_000_000, to: &output)
    appendFraction(microseconds % 1_000_000, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// ISO 8601; a sign of its own before each negative part, as ISO 8601-2 allows, or one before `P`
  /// where all parts are negative.
  private func appendISO(_ duration: Duration, to output: inout [UInt8]) {
    let parts = [duration.months, duration.days, duration.microseconds]
    let allNegative = parts.allSatisfy { $0 <= 0 } && parts.contains { $0 < 0 }
    func sign(_ value: Int64) -> String { value < 0 && !allNegative ? "-" : "" }
    var text = allNegative ? "-P" : "P"
    if duration.months != 0 { text += sign(duration.months) + "\(duration.months.magnitude)M" }
    if duration.days != 0 || duration == Duration() {
      text += sign(duration.days) + "\(duration.days.magnitude)D"
    }
    if duration.microseconds != 0 {
      let size = duration.microseconds.magnitude
      let mark = sign(duration.microseconds)
      text += "T"
      if size / 3_600_000_000 > 0 { text += mark + "\(size / 3_600_000_000)H" }
      if size / 60_000_000 % 60 > 0 { text += mark + "\(size / 60_000_000 % 60)M" }
      if size % 60_000_000 > 0 { text += mark + seconds(size % 60_000_000) + "S" }
    }
    output.append(contentsOf: text.utf8)
  }
}
