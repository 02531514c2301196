import Glibc
import KithBase

/// Small files read whole.
package enum FileText {
  /// The bytes of a file. Throws K7 with the path and the system's reason.
  package static func bytes(_ path: String, limit: Int = 64 << 20) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw Diagnostic("K7001", "cannot read '\(path)': \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      result.append(contentsOf: chunk[0..<count])
      guard result.count <= limit else {
        throw Diagnostic("K7002", "'\(path)' is larger than \(limit >> 20) MB")
      }
    }
    if ferror(file) != 0 {
      throw Diagnostic("K7001", "cannot read '\(path)': \(String(cString: strerror(errno)))")
    }
    return result
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
  static func remove(_ path: String) { unlink(path) }

  /// The folder part of a path, `.` where it has none.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  package static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : folder + "/" + path
  }

  /// The path without links, `.` and `..`; for a file that is to be made, that of its folder.
  package static func real(_ path: String) -> String? {
    if let found = realpath(path, nil) {
      defer { free(found) }
      return String(cString: found)
    }
    guard let found = realpath(folder(of: path), nil) else { return nil }
    defer { free(found) }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let base = String(cString: found)
    return base == "/" ? "/" + name : base + "/" + name
  }
}
