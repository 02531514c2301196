import Glibc
import KithBase

/// Which book, which schema and which field a column was read from. A file with another stamp says
/// nothing about this book.
struct ColumnStamp: Equatable {
  /// The book's file.
  var inode: Int64
  /// When that file was made, in nanoseconds: a number may come back, the moment does not.
  var born: Int64
  /// SQLite's count of schema changes, which moves when a trigger is dropped.
  var schema: Int64
  /// Hash of what was selected and of how it was read.
  var field: Int64
}

/// How many of a column's rows belong to a chunk, and the token they had.
struct ColumnChunk: Equatable {
  var token: ChunkToken
  var rowCount: Int
}

/// A column as one file: a header of whole numbers, the chunks, the values.
///
/// | at | what |
/// |---|---|
/// | 0 | "KITHCOL1", kind of vector, four numbers of the stamp, row count, chunk count |
/// | then | three lengths in bytes, the checksum of all that follows, that of this header |
/// | then | chunks of three numbers, then up to three arrays |
///
/// Both checksums must hold, so that a file cut short, half-written or damaged is no file. Numbers
/// are as this machine has them; the first one tells if another machine wrote them.
struct ColumnFile {
  var stamp: ColumnStamp
  var chunks: [ColumnChunk]
  /// `ids.count + 1` values; keys to objects are `.int` ids, or `.row` ids where they are small.
  var vector: Vector

  private static let magic: Int64 = 0x314C_4F43_4854_494B
  private static let headerCount = 13

  /// Nil where there is no such file, or it is not whole, or of another stamp.
  static func read(_ path: String, stamp: ColumnStamp) -> ColumnFile? {
    guard let file = InputFile(path), let head = file.array(Int64.self, headerCount),
      head[0] == magic, Checksum.of(Array(head.dropLast())) == head[12],
      ColumnStamp(inode: head[2], born: head[3], schema: head[4], field: head[5]) == stamp
    else { return nil }
    let rowCount = Int(head[6])
    let lengths = head[8...10].map(Int.init)
    guard rowCount > 0, head[7] >= 0, lengths.allSatisfy({ $0 >= 0 }),
      file.size == headerCount * 8 + Int(head[7]) * 24 + lengths.reduce(0, +),
      let numbers = file.array(Int64.self, Int(head[7]) * 3)
    else { return nil }
    var sum = Checksum()
    sum.add(numbers)
    guard let vector = Self.vector(head[1], lengths, file, &sum), vector.count == rowCount,
      sum.value == head[11]
    else { return nil }
    let chunks = stride(from: 0, to: numbers.count, by: 3).map {
      ColumnChunk(
        token: ChunkToken(chunk: numbers[$0], token: numbers[$0 + 1]),
        rowCount: Int(numbers[$0 + 2]))
    }
    guard chunks.reduce(1, { $0 + $1.rowCount }) == rowCount else { return nil }
    return ColumnFile(stamp: stamp, chunks: chunks, vector: vector)
  }

  private static func vector(
    _ kind: Int64, _ lengths: [Int], _ file: InputFile, _ sum: inout Checksum
  ) -> Vector? {
    func array<Value: BitwiseCopyable>(_ type: Value.Type, _ place: Int = 0) -> [Value]? {
      guard let values = file.array(type, lengths[place] / MemoryLayout<Value>.stride) else {
        return nil
      }
      sum.add(values)
      return values
    }
    switch kind {
    case 0: return array(Int64.self).map { .int($0) }
    case 1: return array(Double.self).map { .float($0) }
    case 2: return array(Int32.self).map { .day($0) }
    case 3: return array(UInt8.self).map { .bool($0) }
    case 5: return array(Int32.self).map { .row($0) }
    case 4:
      guard let codes = array(Int32.self), let offsets = array(Int.self, 1),
        let bytes = array(UInt8.self, 2), offsets.last == bytes.count
      else { return nil }
      return .text(codes, TextDictionary(bytes: bytes, offsets: offsets))
    default: return nil
    }
  }

  /// Puts the column in the place of an earlier one in one step. False where that fails; then the
  /// earlier one stays. Lists are not kept.
  func write(to path: String, mode: mode_t) -> Bool {
    let numbers = chunks.flatMap { [$0.token.chunk, $0.token.token, Int64($0.rowCount)] }
    let temporary = path + ".new-\(getpid())"
    guard let output = OutputFile(temporary, mode: mode) else { return false }
    func put(_ kind: Int64, _ parts: [UnsafeRawBufferPointer]) -> Bool {
      var sum = Checksum()
      sum.add(numbers)
      for part in parts { sum.add(part) }
      let lengths = (0..<3).map { $0 < parts.count ? Int64(parts[$0].count) : 0 }
      var head = [Self.magic, kind, stamp.inode, stamp.born, stamp.schema, stamp.field]
      head += [Int64(vector.count), Int64(chunks.count)] + lengths + [sum.value]
      head.append(Checksum.of(head))
      return head.withUnsafeBytes(output.write) && numbers.withUnsafeBytes(output.write)
        && parts.allSatisfy(output.write)
    }
    let isWritten: Bool
    switch vector {
    case .int(let values): isWritten = values.withUnsafeBytes { put(0, [$0]) }
    case .float(let values): isWritten = values.withUnsafeBytes { put(1, [$0]) }
    case .day(let values): isWritten = values.withUnsafeBytes { put(2, [$0]) }
    case .bool(let values): isWritten = values.withUnsafeBytes { put(3, [$0]) }
    case .row(let values): isWritten = values.withUnsafeBytes { put(5, [$0]) }
    case .text(let codes, let dictionary):
      isWritten = codes.withUnsafeBytes { codes in
        dictionary.offsets.withUnsafeBytes { offsets in
          dictionary.bytes.withUnsafeBytes { put(4, [codes, offsets, $0]) }
        }
      }
    case .list: isWritten = false
    }
    guard isWritten, output.close(), rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }
}

extension ColumnFile {
  /// Removes what programs that were killed while they wrote have left in a folder.
  static func removeUnfinished(in folder: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let dash = name.lastIndex(of: "-"), name[..<dash].hasSuffix(".new"),
        let process = pid_t(name[name.index(after: dash)...]), process != getpid(),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(folder + "/" + name)
    }
  }
}

/// Four running sums over words, each step reversible, so that any one changed bit shows.
struct Checksum {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func of(_ values: [Int64]) -> Int64 {
    var sum = Checksum()
    sum.add(values)
    return sum.value
  }

  mutating func add<Value: BitwiseCopyable>(_ values: [Value]) {
    values.withUnsafeBytes { add($0) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var (a, b, c, d) = lanes
    let words = bytes.count / 32 * 32
    var at = 0
    while at < words {
      a = (a &+ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* Self.factor
      b = (b &+ bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)) &* Self.factor
      c = (c &+ bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)) &* Self.factor
      d = (d &+ bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)) &* Self.factor
      at += 32
    }
    while at < bytes.count {
      a = (a &+ UInt64(bytes[at]) &+ 1) &* Self.factor
      at += 1
    }
    // The length counts too: a part may end where the next begins.
    lanes = (a ^ (a >> 29), b ^ (b >> 31), c ^ (c >> 33), (d &+ UInt64(bytes.count)) &* Self.factor)
  }

  var value: Int64 {
    var mixed = lanes.0
    for lane in [lanes.1, lanes.2, lanes.3] {
      mixed = (mixed ^ (mixed >> 32) &+ lane) &* Self.factor
    }
    return Int64(bitPattern: mixed)
  }
}

private final class InputFile {
  private let descriptor: Int32
  /// In bytes.
  let size: Int

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next values; nil where the file ends before.
  func array<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> [Value]? {
    guard count >= 0, count <= size else { return nil }
    var isWhole = true
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      let wanted = count * MemoryLayout<Value>.stride
      var at = 0
      while at < wanted, let base = bytes.baseAddress {
        let got = Glibc.read(descriptor, base + at, wanted - at)
        if got <= 0 {
          if got < 0, errno == EINTR { continue }
          break
        }
        at += got
      }
      isWhole = at == wanted
      filled = isWhole ? count : 0
    }
    return isWhole ? values : nil
  }
}

private final class OutputFile {
  private let descriptor: Int32
  private var isOpen = true

  init?(_ path: String, mode: mode_t) {
    unlink(path)
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      isOpen = false
      return nil
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < bytes.count, let base = bytes.baseAddress {
      let put = Glibc.write(descriptor, base + at, bytes.count - at)
      if put <= 0 {
        if put < 0, errno == EINTR { continue }
        return false
      }
      at += put
    }
    return true
  }

  func close() -> Bool {
    isOpen = false
    return Glibc.close(descriptor) == 0
  }

  deinit { if isOpen { Glibc.close(descriptor) } }
}
