package import KithBase

/// How a table is rendered; each format reads what concerns it.
package struct RenderOptions: Sendable {
  package var style: ValueStyle
  package var display: DisplayWidth
  /// The terminal's columns, which nothing may exceed; nil where the output is no terminal.
  package var width: DisplayColumns?
  /// How many rows box, line and tree show; nil for all.
  package var rowLimit: Int?
  /// Row count, stage counts, notes and dates under the table.
  package var showsFooter: Bool
  package var colour: Bool
  /// The first line of csv and tsv.
  package var showsHeader: Bool
  /// Units after the names in the headers of box, line, markdown and html.
  package var showsUnits: Bool
  /// A byte order mark before csv, which some spreadsheets need to see UTF-8.
  package var byteOrderMark: Bool
  /// A `'` before csv cells of text that a spreadsheet would run as a formula.
  package var defusesFormulas: Bool
  /// The bytes go to a terminal: csv and tsv show control characters instead of sending them.
  package var isTerminal: Bool

  package init(
    style: ValueStyle = ValueStyle(), display: DisplayWidth = DisplayWidth(),
    width: DisplayColumns? = nil, rowLimit: Int? = 40, showsFooter: Bool = true,
    colour: Bool = false, showsHeader: Bool = true, showsUnits: Bool = false,
    byteOrderMark: Bool = false, defusesFormulas: Bool = true, isTerminal: Bool = false
  ) {
    self.style = style
    self.display = display
    self.width = width
    self.rowLimit = rowLimit
    self.showsFooter = showsFooter
    self.colour = colour
    self.showsHeader = showsHeader
    self.showsUnits = showsUnits
    self.byteOrderMark = byteOrderMark
    self.defusesFormulas = defusesFormulas
    self.isTerminal = isTerminal
  }
}
