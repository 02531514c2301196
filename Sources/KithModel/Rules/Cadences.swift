/// How often whom to touch; the four ones (weekly, monthly, quarterly, yearly) ship.
package struct DefaultCadence: Sendable {
  package var code: String
  package var zh: String
  package var en: String
  /// Codes of `activity_kind` or `event_kind`.
  package var kinds: [String]
  /// A code of `frequency`; one touch in each.
  package var period: String

  package static let shipped: [DefaultCadence] = [
    DefaultCadence(
      code: "weekly_touch", zh: "每周一次短信或电话", en: "A message or call every week",
      kinds: ["sms", "phone"], period: "week"),
    DefaultCadence(
      code: "monthly_training", zh: "每月一次培训会", en: "A training every month",
      kinds: ["training"], period: "month"),
    DefaultCadence(
      code: "quarterly_visit", zh: "每季一次登门拜访", en: "A visit every quarter",
      kinds: ["visit"], period: "quarter"),
    DefaultCadence(
      code: "yearly_party", zh: "每年一次客户联谊会", en: "A customer party every year",
      kinds: ["party"], period: "year"),
  ]
}
