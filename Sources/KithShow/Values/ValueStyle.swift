package import KithBase

/// How values are written.
///
/// | type | for people | for machines |
/// |---|---|---|
/// | int | `16693` | the same |
/// | float | at most four decimals, whole ones without a point | shortest that reads back |
/// | percent | `12.5%`, below 0.1 % one digit more | the ratio: `0.125` |
/// | money | `1,234.50`, or `312.4万` and `1.25亿` | `1234.50` |
/// | bool | `true`, 是 | `true` |
/// | date, period | `2026-11-21`, `2026-Q3` | the same |
/// | time | `2026-11-21 13:30` in the book's zone, seconds if not 0 | ISO 8601 with offset |
/// | duration | `3 months`, `2 h 15 min`, `81.2 days`; 3个月 | ISO 8601: `P3M`, `PT2H15M` |
/// | enumeration | its label | its code |
/// | list | joined by `, ` or 、 | joined by `, `, in JSON an array |
/// | empty | nothing | nothing, in JSON `null` |
package struct ValueStyle: Sendable, Hashable {
  package enum Money: String, Sendable, Hashable { case wan, plain }
  /// Who reads the values.
  package enum Form: Sendable, Hashable { case people, machines }

  package var tongue: Tongue
  package var money: Money
  package var zone: TimeZoneTable
  /// Whether enumerations show labels; nil: for people only.
  package var usesLabels: Bool?

  /// Money is in 万 for Chinese readers and plain for others unless the caller says otherwise.
  package init(
    tongue: Tongue = .english, money: Money? = nil, zone: TimeZoneTable = .shanghai,
    usesLabels: Bool? = nil
  ) {
    self.tongue = tongue
    self.money = money ?? (tongue == .chinese ? .wan : .plain)
    self.zone = zone
    self.usesLabels = usesLabels
  }

  /// One value as text, unescaped; the empty value is "".
  package func text(
    of value: Scalar, type: KithType, labels: [String: String]? = nil, form: Form = .people
  ) -> String {
    var output: [UInt8] = []
    append(value, type, labels, form, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func append(
    _ value: Scalar, _ type: KithType, _ labels: [String: String]?, _ form: Form,
    to output: inout [UInt8]
  ) {
    let text = ValueText(style: self, form: form)
    switch value {
    case .empty: break
    case .int(let number): NumberText.append(number, to: &output)
    case .float(let number): text.append(float: number, type, to: &output)
    case .bool(let truth): text.append(bool: truth, to: &output)
    case .text(let string): output.append(contentsOf: string.utf8)
    case .money(let fen): text.append(money: fen, to: &output)
    case .date(let day): NumberText.append(day: day, to: &output)
    case .time(let instant): text.append(time: instant.microseconds, to: &output)
    case .duration(let duration): text.append(duration: duration, to: &output)
    case .period(let period): output.append(contentsOf: period.text.utf8)
    case .code(let code):
      let label = text.showsLabels ? labels?[code] : nil
      output.append(contentsOf: (label ?? code).utf8)
    case .object(let row):
      output.append(0x23)
      NumberText.append(Int64(row), to: &output)
    case .list(let values):
      let element: KithType = if case .list(let element) = type { element } else { .empty }
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(contentsOf: text.listSeparator.utf8) }
        append(value, element, labels, form, to: &output)
      }
    }
  }
}
