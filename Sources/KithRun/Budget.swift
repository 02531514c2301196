import KithBase
import Synchronization

/// The handle by which another thread stops a running query.
package final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)
  package init() {}
  /// The query that runs ends with K5001 at its next batch.
  package func pull() { flag.store(true, ordering: .relaxed) }
  /// Lets queries run again.
  package func reset() { flag.store(false, ordering: .relaxed) }
  /// Whether somebody asked the running query to stop.
  package var isPulled: Bool { flag.load(ordering: .relaxed) }
}

/// What one query may use. Every loop over rows reports to it once a batch; a limit that is passed
/// ends the query with a K5 diagnostic, and the engine can go on with the next one.
package final class Budget {
  /// What is allowed; nil is no limit.
  package struct Limits: Sendable {
    /// From the making of the budget on.
    package var timeMilliseconds: Int64?
    /// Rows that loops handle, one pass after another.
    package var rowsScanned: Int64?
    /// Held by frames, columns and lists at one time; the book's own columns are not counted.
    package var memoryBytes: Int?
    /// Rows of the result.
    package var outputRows: Int?
    package init(
      timeMilliseconds: Int64? = nil, rowsScanned: Int64? = nil, memoryBytes: Int? = nil,
      outputRows: Int? = nil
    ) {
      self.timeMilliseconds = timeMilliseconds
      self.rowsScanned = rowsScanned
      self.memoryBytes = memoryBytes
      self.outputRows = outputRows
    }
  }

  /// As given.
  package let limits: Limits
  /// The handle that ends the query, where there is one.
  package let interruption: Interruption?
  /// Monotonic milliseconds.
  private let clock: () -> Int64
  private let started: Int64
  /// Rows that went through loops so far.
  package private(set) var rowsScanned: Int64 = 0
  /// Bytes held at this moment.
  package private(set) var bytesHeld = 0
  /// The most that were held at once.
  package private(set) var peakBytes = 0

  package init(
    limits: Limits = Limits(), interruption: Interruption? = nil,
    clock: @escaping () -> Int64 = { 0 }
  ) {
    self.limits = limits
    self.interruption = interruption
    self.clock = clock
    started = clock()
  }

  /// Reports that a loop is about to handle some rows. Throws K5001, K5002, K5003.
  package func tick(_ rows: Int) throws {
    rowsScanned += Int64(rows)
    if let interruption, interruption.isPulled { throw Diagnostic("K5001", "interrupted") }
    if let limit = limits.rowsScanned, rowsScanned > limit {
      throw Diagnostic("K5003", "the query reads more than \(limit) rows", help: Self.help("rows"))
    }
    if let limit = limits.timeMilliseconds, clock() - started > limit {
      throw Diagnostic("K5002", "the query takes more than \(limit) ms", help: Self.help("time"))
    }
  }

  /// Reports memory that is about to be held. Throws K5004.
  package func reserve(_ bytes: Int) throws {
    bytesHeld += bytes
    peakBytes = max(peakBytes, bytesHeld)
    if let limit = limits.memoryBytes, bytesHeld > limit {
      throw Diagnostic(
        "K5004", "the query needs more than \(limit / 1_048_576) MB of memory",
        help: Self.help("memory"))
    }
  }

  /// Reports memory that is held no longer.
  package func release(_ bytes: Int) { bytesHeld = max(0, bytesHeld - bytes) }

  /// Reports the rows of the result. Throws K5005.
  package func output(_ rows: Int) throws {
    if let limit = limits.outputRows, rows > limit {
      throw Diagnostic(
        "K5005", "the result has more than \(limit) rows", help: "put | take \(limit) at its end")
    }
  }

  private static func help(_ what: String) -> String {
    "the limit on \(what) is an option of the session"
  }
}
