import Glibc
import Kith
import KithBase

/// What is known of the streams and the person at them.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) != 0 }

  /// Columns of the terminal, 80 where it does not say.
  static var width: Int {
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environment("COLUMNS").flatMap(Int.init) ?? 80
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The one place that decides about colour.
  static func usesColour(_ descriptor: Int32, _ wish: String) -> Bool {
    switch wish {
    case "always": true
    case "never": false
    default:
      isTerminal(descriptor) && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }
  }

  /// Chinese where the locale is.
  static var tongue: Tongue {
    let locale = environment("LC_ALL") ?? environment("LC_MESSAGES") ?? environment("LANG") ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }

  /// Writes all bytes; a closed pipe ends the program as it would end any other, silently.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(141) }
        // Standard error has nobody left to tell; a result that is not whole is an error.
        if descriptor == 1 {
          let reason = String(cString: strerror(errno))
          write(
            tongue == .chinese
              ? "K7016: 无法写出结果：\(reason)\n" : "K7016: the output cannot be written: \(reason)\n",
            to: 2)
          exit(1)
        }
        return
      }
      start += count
    }
  }

  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }
}

/// Ctrl-C stops what runs. The handler only sets an atomic flag.
enum Stopping {
  static let interruption = Interruption()
  static var isPulled: Bool { interruption.isPulled }

  static func install() {
    interruption.reset()
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow further is an error of that write.
    signal(SIGXFSZ, SIG_IGN)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Stopping.interruption.interrupt() }
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
  }
}
