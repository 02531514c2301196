extension EnumerationSpec {
  /// Activity.kind, cadence.kinds.
  package static let activityKind = EnumerationSpec(
    "activity_kind", "跟进方式", ordered: false,
    [
      EnumerationValue("sms", "短信", en: "SMS"),
      EnumerationValue("phone", "电话", en: "Phone call", synonyms: ["电访", "电话回访"]),
      EnumerationValue("email", "邮件", en: "E-mail"),
      EnumerationValue("im", "微信", en: "WeChat or QQ"),
      EnumerationValue("letter", "信件", en: "Letter"),
      EnumerationValue("fax", "传真", en: "Fax"),
      EnumerationValue("visit", "拜访", en: "Visit", synonyms: ["登门拜访", "走访", "常规拜访"]),
      EnumerationValue("executive_visit", "高层拜访", en: "Executive visit", synonyms: ["高层会谈"]),
      EnumerationValue("reference_visit", "标杆参观", en: "Reference visit"),
      EnumerationValue("demo", "演示", en: "Demonstration", synonyms: ["产品演示"]),
      EnumerationValue("quote", "报价", en: "Quotation sent"),
      EnumerationValue("inspection", "巡检", en: "Inspection", synonyms: ["产品巡检"]),
      EnumerationValue("consulting", "专家咨询", en: "Expert consulting"),
      EnumerationValue("training", "培训", en: "Training"),
      EnumerationValue("survey", "调查回访", en: "Survey call"),
      EnumerationValue("newsletter", "内刊", en: "Newsletter"),
      EnumerationValue("leaflet", "宣传资料", en: "Leaflet"),
      EnumerationValue("problem", "问题", en: "Problem"),
      EnumerationValue("question", "咨询", en: "Question"),
      EnumerationValue("request", "服务请求", en: "Request"),
      EnumerationValue("complaint", "投诉", en: "Complaint"),
    ])

  /// Activity.state.
  package static let activityState = EnumerationSpec(
    "activity_state", "跟进状态", ordered: false,
    [
      EnumerationValue("open", "待办", en: "Open", synonyms: ["计划"]),
      EnumerationValue("done", "已完成", en: "Done"),
      EnumerationValue("missed", "未执行", en: "Missed"),
      EnumerationValue("cancelled", "已取消", en: "Cancelled"),
    ])

  /// Activity.direction.
  package static let direction = EnumerationSpec(
    "direction", "方向", ordered: false,
    [
      EnumerationValue("outbound", "我方发起", en: "Outbound"),
      EnumerationValue("inbound", "客户发起", en: "Inbound"),
    ])

  /// cadence.period, list.every.
  package static let frequency = EnumerationSpec(
    "frequency", "周期", ordered: true,
    [
      EnumerationValue("day", "每日", en: "Daily"),
      EnumerationValue("week", "每周", en: "Weekly"),
      EnumerationValue("month", "每月", en: "Monthly"),
      EnumerationValue("quarter", "每季", en: "Quarterly"),
      EnumerationValue("year", "每年", en: "Yearly"),
    ])

  /// Event.kind.
  package static let eventKind = EnumerationSpec(
    "event_kind", "活动类型", ordered: false,
    [
      EnumerationValue("training", "培训会", en: "Small training", synonyms: ["小型培训会"]),
      EnumerationValue("closing", "打单会", en: "Closing event", synonyms: ["体验会"]),
      EnumerationValue("liaison", "联络会", en: "Liaison event", synonyms: ["客户联络会"]),
      EnumerationValue("party", "联谊会", en: "Customer party", synonyms: ["客户联谊会"]),
      EnumerationValue("market", "市场活动", en: "Market event"),
    ])

  /// Event.state.
  package static let eventState = EnumerationSpec(
    "event_state", "活动状态", ordered: false,
    [
      EnumerationValue("planned", "筹备中", en: "Planned"),
      EnumerationValue("held", "已举办", en: "Held"),
      EnumerationValue("cancelled", "已取消", en: "Cancelled"),
    ])

  /// Attendance.state.
  package static let attendanceState = EnumerationSpec(
    "attendance_state", "参会状态", ordered: true,
    [
      EnumerationValue("invited", "已邀约", en: "Invited"),
      EnumerationValue("accepted", "已接受", en: "Accepted"),
      EnumerationValue("attended", "已到场", en: "Attended"),
      EnumerationValue("declined", "已谢绝", en: "Declined", outsideOrder: true),
      EnumerationValue("absent", "未到场", en: "Absent", outsideOrder: true),
    ])

  /// Preparation.kind.
  package static let preparationKind = EnumerationSpec(
    "preparation_kind", "筹备类型", ordered: false,
    [
      EnumerationValue("material", "资料", en: "Material"),
      EnumerationValue("publicity", "宣传", en: "Publicity"),
      EnumerationValue("cost", "费用", en: "Cost"),
    ])

  /// Preparation.channel.
  package static let channel = EnumerationSpec(
    "channel", "宣传渠道", ordered: false,
    [
      EnumerationValue("hq_web", "总部专题", en: "HQ web feature", synonyms: ["总部网络专题"]),
      EnumerationValue("partner_community", "伙伴社区", en: "Partner community"),
      EnumerationValue("database", "数据库营销", en: "Database marketing"),
      EnumerationValue("e_link", "电子连线", en: "E-link", synonyms: ["电子联线"]),
      EnumerationValue("poster", "画报", en: "Poster"),
    ])

  /// Preparation.provider.
  package static let provider = EnumerationSpec(
    "provider", "提供方", ordered: false,
    [
      EnumerationValue("us", "本机构", en: "Us"),
      EnumerationValue("hq", "总部", en: "Headquarters"),
      EnumerationValue("partner", "伙伴", en: "Channel partner"),
    ])

  /// Event.subsidy_state.
  package static let subsidyState = EnumerationSpec(
    "subsidy_state", "补贴状态", ordered: true,
    [
      EnumerationValue("draft", "草稿", en: "Draft"),
      EnumerationValue("eligible", "符合条件", en: "Eligible"),
      EnumerationValue("submitted", "已申报", en: "Submitted"),
      EnumerationValue("paid", "已支付", en: "Paid"),
      EnumerationValue("refused", "未获批", en: "Refused", outsideOrder: true),
    ])

  /// Survey.kind.
  package static let surveyKind = EnumerationSpec(
    "survey_kind", "问卷类型", ordered: false,
    [
      EnumerationValue("satisfaction", "满意度调查", en: "Satisfaction"),
      EnumerationValue("need", "需求调查", en: "Need"),
      EnumerationValue("nps", "净推荐", en: "Net promoter"),
    ])

  /// Survey.subject.
  package static let surveySubject = EnumerationSpec(
    "survey_subject", "问卷对象", ordered: false,
    [
      EnumerationValue("customer", "客户", en: "Customer"),
      EnumerationValue("contact", "联系人", en: "Contact"),
      EnumerationValue("partner", "伙伴", en: "Channel partner"),
    ])

  /// Question.kind.
  package static let questionKind = EnumerationSpec(
    "question_kind", "题型", ordered: false,
    [
      EnumerationValue("scale5", "五分制", en: "1 to 5"),
      EnumerationValue("scale10", "十分制", en: "0 to 10"),
      EnumerationValue("number", "数字", en: "Number"),
      EnumerationValue("choice", "选择", en: "Choice"),
      EnumerationValue("text", "文本", en: "Text"),
      EnumerationValue("yesno", "是否", en: "Yes or no"),
    ])

  /// Question.dimension.
  package static let dimension = EnumerationSpec(
    "dimension", "维度", ordered: false,
    [
      EnumerationValue("service", "服务", en: "Service"),
      EnumerationValue("product", "产品", en: "Product"),
      EnumerationValue("people", "人员", en: "People"),
      EnumerationValue("value", "价值", en: "Value"),
    ])
}
