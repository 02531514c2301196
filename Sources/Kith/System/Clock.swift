import Glibc
import KithBase

/// The system's clocks and zone files: read here and nowhere below.
enum SystemClock {
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  static var microseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}

extension TimeZoneTable {
  /// A zone by its IANA name, from the system's zone files (RFC 8536). Nil where there is no such file.
  static func named(_ name: String) -> TimeZoneTable? {
    if name == "Asia/Shanghai" { return .shanghai }
    if name == "UTC" { return .utc }
    let allowed = name.utf8.allSatisfy {
      (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        || [0x2F, 0x5F, 0x2B, 0x2D].contains($0)
    }
    guard allowed, !name.isEmpty,
      let bytes = try? FileText.bytes("/usr/share/zoneinfo/" + name, limit: 1 << 20)
    else { return nil }
    return parse(name, bytes)
  }

  private static func parse(_ name: String, _ bytes: [UInt8]) -> TimeZoneTable? {
    func integer(_ place: Int, _ width: Int) -> Int64? {
      guard place >= 0, place + width <= bytes.count else { return nil }
      var value: Int64 = bytes[place] & 0x80 != 0 ? -1 : 0
      for offset in 0..<width { value = value << 8 | Int64(bytes[place + offset]) }
      return value
    }
    func counts(_ start: Int) -> [Int]? {
      guard start + 44 <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      let found = (0..<6).compactMap { integer(start + 20 + 4 * $0, 4).map(Int.init) }
      return found.count == 6 && found.allSatisfy { (0...100_000).contains($0) } ? found : nil
    }
    // Version 2 files hold the data twice; the second part has eight-byte instants.
    guard let first = counts(0) else { return nil }
    let skip = 44 + first[3] * 5 + first[4] * 6 + first[5] + first[2] * 8 + first[1] + first[0]
    guard let second = counts(skip) else { return nil }
    let (times, types) = (second[3], second[4])
    let begin = skip + 44
    var transitions: [Int64] = []
    var offsets: [Int64] = []
    func offset(_ type: Int) -> Int64? {
      integer(begin + times * 9 + type * 6, 4).map { $0 * 1_000_000 }
    }
    guard types > 0, let initial = offset(0) else { return nil }
    offsets.append(initial)
    for place in 0..<times {
      guard let at = integer(begin + place * 8, 8), begin + times * 8 + place < bytes.count,
        let next = offset(Int(bytes[begin + times * 8 + place]))
      else { return nil }
      transitions.append(at.multipliedReportingOverflow(by: 1_000_000).partialValue)
      offsets.append(next)
    }
    return TimeZoneTable(name: name, transitions: transitions, offsets: offsets)
  }
}
