/// The funnel that ships: six stages, A to F, with plan figures and checklists. Rows of a new book.
package struct DefaultStage: Sendable {
  /// A letter, in the order of the funnel.
  package var code: String
  /// In Chinese.
  package var zh: String
  /// In English.
  package var en: String
  /// Chance to win, as a ratio.
  package var win: Double
  /// To the next stage, as a ratio; nil where the source gives none.
  package var plannedConversion: Double?
  /// Nil for a stage without a plan.
  package var plannedDays: Int64?
  /// Codes of `job`, `progress` and `sales_link`.
  package var jobs: [String]
  /// Codes of the sales progress that belongs to it.
  package var steps: [String]
  /// Codes of the sales links that belong to it.
  package var links: [String]
  /// Codes of `class` and `event_phase`.
  package var matchingClass: String
  /// The word of the customer's event ladder; nil where none fits.
  package var eventPhase: String?
  /// What shows that the stage is reached, in Chinese.
  package var keyResultZh: String
  /// The same in English.
  package var keyResultEn: String
  /// Reaching it counts as won.
  package var winning: Bool
  /// What is to be done there.
  package var actions: [DefaultAction]
}

/// A line of a stage's checklist.
package struct DefaultAction: Sendable {
  /// `A1`.
  package var code: String
  /// In Chinese.
  package var zh: String
  /// In English.
  package var en: String

  package init(_ code: String, _ zh: String, _ en: String) {
    self.code = code
    self.zh = zh
    self.en = en
  }
}

extension DefaultStage {
  /// In order. E is the stage whose reaching wins: the planned conversions end there.
  package static let shipped: [DefaultStage] = [
    stageA, stageB, stageC, stageD, stageE, stageF,
  ]

  private static let stageA = DefaultStage(
    code: "A", zh: "了解商机", en: "Understand", win: 0.1, plannedConversion: 0.8, plannedDays: 7,
    jobs: ["account_manager"], steps: ["learn_need"], links: ["search", "meet"],
    matchingClass: "potential", eventPhase: "advancing",
    keyResultZh: "了解客户需求", keyResultEn: "need understood", winning: false,
    actions: [
      DefaultAction("A1", "了解并发展线人", "Find and develop an coach"),
      DefaultAction("A2", "了解企业组织架构", "Know the organisation structure"),
      DefaultAction("A3", "了解五个买者的关系", "Know the relations between the five buyers"),
      DefaultAction("A4", "了解企业问题", "Know the company's problems"),
      DefaultAction("A5", "了解行业信息", "Know industry information"),
      DefaultAction("A6", "了解是否有竞争对手", "Know whether a rival is present"),
      DefaultAction("A7", "了解客户对我司的评价", "Know the customer's opinion of us"),
      DefaultAction("A8", "了解客户对我司产品的认可度", "Know how far our product is recognised"),
      DefaultAction(
        "A9", "通过线人了解决策者对学习的重视度", "Through the coach learn how much the decider values learning"),
      DefaultAction("A10", "了解企业是否有我司产品需求", "Know whether there is a need for our product"),
    ])

  private static let stageB = DefaultStage(
    code: "B", zh: "确认商机", en: "Confirm", win: 0.25, plannedConversion: 0.7, plannedDays: 7,
    jobs: ["account_manager"], steps: ["confirm_need", "confirm_product"], links: ["meet"],
    matchingClass: "intent", eventPhase: "advancing",
    keyResultZh: "确认客户的产品需求意向", keyResultEn: "product intention confirmed", winning: false,
    actions: [
      DefaultAction("B1", "与使用者和技术专家建立好信赖感", "Build trust with users and technical experts"),
      DefaultAction(
        "B2", "尽量把使用者和技术专家发展成线人", "Turn users and technical experts into coaches if possible"),
      DefaultAction("B3", "与决策者初步建立好感", "Build a first good impression with the decider"),
      DefaultAction(
        "B4", "了解企业管理中的最大问题和所处阶段(生存、发展、成熟)", "Know the biggest management problem and the stage"),
      DefaultAction(
        "B5", "了解决策者的购买价值观和说服类型", "Know the decider's buying values and persuasion type"),
      DefaultAction("B6", "进一步确定客户对产品的需求(通过差距来寻找需求)", "Fix the need further, by the gap"),
      DefaultAction("B7", "通过客户见证提高产品的可信度", "Raise credibility by customer testimony"),
      DefaultAction("B8", "了解竞争对手信息", "Learn about rivals"),
      DefaultAction(
        "B9", "进行与竞争对手优劣势分析,确立竞争策略并形成销售计划",
        "Compare strengths, fix the competition strategy, form the sales plan"),
      DefaultAction("B10", "了解决策流程", "Know the decision process"),
    ])

  private static let stageC = DefaultStage(
    code: "C", zh: "方案论证", en: "Validate solution", win: 0.5, plannedConversion: 0.6,
    plannedDays: 10,
    jobs: ["account_manager", "consultant"], steps: ["proposal", "presentation"],
    links: ["propose", "demonstrate"],
    matchingClass: "intent", eventPhase: "proposal",
    keyResultZh: "提供产品并详细介绍", keyResultEn: "product offered and presented in detail",
    winning: false,
    actions: [
      DefaultAction("C1", "建立销售团队(公司顾问专家支持)", "Set up the sales team with consultants/experts"),
      DefaultAction("C2", "针对决策流程制定策略", "Make a strategy for the decision process"),
      DefaultAction(
        "C3", "针对决策者的价值观和说服类型来制定销售方案",
        "Make the sales plan for the decider's values and persuasion type"),
      DefaultAction(
        "C4", "与影响者建立好的印象,确保其不反对", "Good impression with influencers; make sure they do not object"),
      DefaultAction(
        "C5", "与决策者建立好信赖感并介绍方案", "Build trust with the decider and present the solution"),
      DefaultAction("C6", "了解最大抗拒点和关键反对人", "Know the biggest resistance and the key opponent"),
      DefaultAction(
        "C7", "让使用者和技术专家支持决策者在公司推行方案",
        "Let users and experts support the decider in carrying the solution through"),
      DefaultAction(
        "C8", "了解客户的价格预期、商务条款及预计可能的特别承诺",
        "Know price expectation, terms and likely special commitments"),
      DefaultAction(
        "C9", "了解竞争对手的方案特点、报价及竞争策略,促成双方高层会谈",
        "Know the rival's solution, price, strategy; bring about a meeting of executives"),
      DefaultAction(
        "C10", "推荐客户到标杆企业和我司进行参观考察", "Take the customer to a reference company and to us"),
      DefaultAction("C11", "合理运用顾问资源进行方案阐述", "Use consultants to explain the solution"),
      DefaultAction(
        "C12", "通过线人掌握决策圈内部信息", "Get inside information of the decision circle through the coach"),
    ])

  private static let stageD = DefaultStage(
    code: "D", zh: "商务谈判", en: "Negotiate", win: 0.75, plannedConversion: 0.5, plannedDays: 7,
    jobs: ["account_manager", "consultant", "director"], steps: ["negotiation"], links: ["agree"],
    matchingClass: "intent", eventPhase: "negotiation",
    keyResultZh: "价格效果步骤服务已确认", keyResultEn: "price, effect, steps, service confirmed",
    winning: false,
    actions: [
      DefaultAction("D1", "通过线人了解项目进展及决策圈的顾虑", "Learn progress and concerns through the coach"),
      DefaultAction(
        "D2", "公司客户总监或者分公司总经理支持商务谈判", "Customer director or branch GM supports the negotiation"),
      DefaultAction(
        "D3", "针对决策圈的顾虑制定个性化的谈判方案", "Individual negotiation plan for the circle's concerns"),
      DefaultAction("D4", "通过使用者和技术专家来推动客户立项", "Push approval through users and experts"),
      DefaultAction("D5", "与客户基本达成一致意见", "Reach basic agreement"),
      DefaultAction("D6", "多角度消弱竞争对手对客户的影响", "Weaken the rival's influence from several sides"),
      DefaultAction("D7", "多角度削弱客户内部的反对意见", "Weaken internal objections"),
      DefaultAction("D8", "申请公司支持、给客户附加值", "Ask for company support, give added value"),
      DefaultAction("D9", "达成框架性合作意向", "Reach a framework intention"),
    ])

  private static let stageE = DefaultStage(
    code: "E", zh: "销售成交", en: "Close", win: 0.9, plannedConversion: nil, plannedDays: nil,
    jobs: [], steps: ["contract"], links: ["agree"],
    matchingClass: "order", eventPhase: "closing",
    keyResultZh: "合同签订", keyResultEn: "contract signed", winning: true,
    actions: [])

  private static let stageF = DefaultStage(
    code: "F", zh: "交接回款", en: "Hand over and collect", win: 1.0, plannedConversion: nil,
    plannedDays: nil,
    jobs: [], steps: ["collection"], links: ["deliver"],
    matchingClass: "on_net", eventPhase: nil,
    keyResultZh: "交接完成并回款", keyResultEn: "handed over and paid", winning: false,
    actions: [])
}
