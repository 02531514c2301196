import KithBase

extension EntitySpec {
  /// Working, tax-filing and book-closing days.
  package static let calendarDay = EntitySpec(
    "calendar_day",
    plural: "calendar_days",
    zh: "日历",
    meaning: "working, tax-filing and book-closing days",
    synonyms: [("calendar", "calendar")],
    show: ["date", "workday", "tax_day", "closing_day"],
    title: "date",
    time: "date",
    unique: [["on_date"]],
    importable: false,
    tracked: false,
    fields: calendarDayFields)

  private static let calendarDayFields: [FieldSpec] = [
    .id,
    FieldSpec("date", "日期", .date, column: "on_date", required: true),
    FieldSpec("workday", "工作日", .bool),
    FieldSpec("tax_day", "报税日", .bool),
    FieldSpec("closing_day", "结账日", .bool),
  ]
}
