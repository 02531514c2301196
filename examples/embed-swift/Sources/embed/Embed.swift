import Dispatch
import Kith

/// A program that asks a book: plain queries, a prepared one, its own functions and tables, and a stop from
/// another thread.
@main struct Embed {
  static func main() throws {
    var options = Options()
    options.evaluationDate = "2026-11-21"
    let session = try Session.demo(customers: 300, seed: 7, options: options)

    // A question and its answer, cell by cell and as text.
    let cities = try session.run("customers | count by city | top 3 by count")
    print("columns:", cities.columnNames.joined(separator: ", "))
    print(cities.rendered(as: .markdown))

    // A prepared text runs with values for its parameters; they are bound, never pasted.
    let query = try session.prepare("customers | where city = $city | count")
    let quoted: Value = "深圳\" or 1 = 1"
    print("no such city:", try query.run(["city": quoted])[0, 0])

    // A function and a table of this program.
    session.register(
      HostFunction("shout", parameters: [.text], result: .text) { values in
        guard case .text(let text) = values[0] else { return .empty }
        return .text(text.uppercased() + "!")
      })
    try session.register(
      table: "ceilings",
      columns: [
        ("team", .text, ["north", "south"]), ("ceiling", .int, [10, 20]),
      ])
    print("host:", try session.run("ceilings | where ceiling > 10 | select shout(team)")[0, 0])

    // Errors carry a code and a message; the session goes on.
    do { try session.run("customers | where citty = \"深圳\"") } catch {
      print("error:", error.code, error.message)
    }

    // Another thread may pull the interruption; the query ends with K5001.
    let interruption = session.interruption
    DispatchQueue.global().sync { interruption.interrupt() }
    do { try session.run("customers | sort name") } catch { print("stopped:", error.code) }
  }
}
