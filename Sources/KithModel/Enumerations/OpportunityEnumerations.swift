extension EnumerationSpec {
  /// Opportunity.stage, stage.code.
  package static let stage = EnumerationSpec(
    "stage", "阶段", ordered: true,
    [
      EnumerationValue("A", "了解商机", en: "Understand"),
      EnumerationValue("B", "确认商机", en: "Confirm"),
      EnumerationValue("C", "方案论证", en: "Validate solution"),
      EnumerationValue("D", "商务谈判", en: "Negotiate"),
      EnumerationValue("E", "销售成交", en: "Close"),
      EnumerationValue("F", "交接回款", en: "Hand over and collect"),
    ])

  /// Opportunity.kind.
  package static let opportunityKind = EnumerationSpec(
    "opportunity_kind", "商机类型", ordered: false,
    [
      EnumerationValue("construction", "建设项目", en: "Construction", synonyms: ["建设"]),
      EnumerationValue("retrofit", "改造项目", en: "Retrofit", synonyms: ["改造"]),
      EnumerationValue("new_product", "新产品", en: "New product"),
      EnumerationValue("upgrade", "升级", en: "Upgrade"),
      EnumerationValue("service", "服务", en: "Service"),
      EnumerationValue("course", "课程", en: "Course"),
    ])

  /// Opportunity.state, stage_change.state.
  package static let opportunityState = EnumerationSpec(
    "opportunity_state", "商机状态", ordered: false,
    [
      EnumerationValue("open", "进行中", en: "Open"),
      EnumerationValue("won", "赢单", en: "Won"),
      EnumerationValue("lost", "丢单", en: "Lost"),
      EnumerationValue("abandoned", "放弃", en: "Abandoned"),
    ])

  /// Opportunity.lost_reason.
  package static let lostReason = EnumerationSpec(
    "lost_reason", "丢单原因", ordered: false,
    [
      EnumerationValue("price", "价格", en: "Price"),
      EnumerationValue("rival", "选择对手", en: "Rival chosen"),
      EnumerationValue("no_budget", "无预算", en: "No budget"),
      EnumerationValue("no_need", "无需求", en: "No need"),
      EnumerationValue("no_decision", "未决策", en: "No decision"),
      EnumerationValue("timing", "时机不对", en: "Timing"),
      EnumerationValue("product_gap", "产品不符", en: "Product gap"),
      EnumerationValue("relationship", "关系不足", en: "Relationship"),
      EnumerationValue("no_response", "失联", en: "No response"),
      EnumerationValue("other", "其他原因", en: "Other"),
    ])

  /// Stage.forecast.
  package static let forecast = EnumerationSpec(
    "forecast", "预测类别", ordered: true,
    [
      EnumerationValue("omitted", "不计入", en: "Omitted"),
      EnumerationValue("pipeline", "在途", en: "Pipeline"),
      EnumerationValue("best_case", "乐观", en: "Best case"),
      EnumerationValue("commit", "承诺", en: "Commit"),
      EnumerationValue("closed", "已成交", en: "Closed"),
    ])

  /// Stage.steps.
  package static let progress = EnumerationSpec(
    "progress", "销售进度", ordered: true,
    [
      EnumerationValue("learn_need", "了解需求", en: "1 Understand need"),
      EnumerationValue("confirm_need", "确认需求", en: "2 Confirm need"),
      EnumerationValue("confirm_product", "确认产品", en: "3 Confirm product"),
      EnumerationValue("proposal", "制定方案", en: "4 Prepare proposal"),
      EnumerationValue("presentation", "产品介绍", en: "5 Present product"),
      EnumerationValue("negotiation", "销售谈判", en: "6 Negotiate"),
      EnumerationValue("contract", "签订合同", en: "7 Sign contract"),
      EnumerationValue("collection", "回款服务", en: "8 Payment and service"),
    ])

  /// Stage.links.
  package static let salesLink = EnumerationSpec(
    "sales_link", "销售环节", ordered: true,
    [
      EnumerationValue("search", "搜索分析", en: "Search and analyse", synonyms: ["搜索信息并分析"]),
      EnumerationValue("meet", "计划面谈", en: "Plan and meet", synonyms: ["制定计划与面谈"]),
      EnumerationValue("propose", "制作方案", en: "Make proposal"),
      EnumerationValue("demonstrate", "产品演示", en: "Demonstrate"),
      EnumerationValue("agree", "达成协议", en: "Agree"),
      EnumerationValue("deliver", "项目实施", en: "Execute and implement", synonyms: ["项目执行与实施"]),
    ])

  /// Stage.event_phase.
  package static let eventPhase = EnumerationSpec(
    "event_phase", "活动用语", ordered: true,
    [
      EnumerationValue("advancing", "商机推进", en: "Advancing"),
      EnumerationValue("proposal", "方案磋商", en: "Proposal discussion"),
      EnumerationValue("negotiation", "商务谈判", en: "Commercial negotiation"),
      EnumerationValue("closing", "最后成交", en: "Final closing"),
    ])

  /// Role.role.
  package static let role = EnumerationSpec(
    "role", "购买角色", ordered: false,
    [
      EnumerationValue("coach", "教练", en: "Coach", synonyms: ["线人"]),
      EnumerationValue("user", "使用者", en: "User or maintainer", synonyms: ["操作者", "维护者"]),
      EnumerationValue("technical", "技术把关者", en: "Technical gatekeeper", synonyms: ["技术专家"]),
      EnumerationValue("economic", "决策者", en: "Economic decision-maker", synonyms: ["最终决策者"]),
      EnumerationValue("influencer", "影响者", en: "Influencer"),
      EnumerationValue("opponent", "反对者", en: "Key opponent", synonyms: ["关键反对人"]),
      EnumerationValue("purchaser", "采购者", en: "Purchaser"),
      EnumerationValue("initiator", "发起者", en: "Initiator"),
    ])

  /// Role.stance.
  package static let stance = EnumerationSpec(
    "stance", "立场", ordered: false,
    [
      EnumerationValue("us", "支持我方", en: "For us"),
      EnumerationValue("rival", "支持对手", en: "For the rival"),
      EnumerationValue("both", "两边支持", en: "Both"),
      EnumerationValue("neutral", "中立", en: "Neutral"),
    ])

  /// Role.driver.
  package static let driver = EnumerationSpec(
    "driver", "驱动力", ordered: false,
    [
      EnumerationValue("money", "钱", en: "Money"),
      EnumerationValue("personal_interest", "个人利益", en: "Personal interest"),
      EnumerationValue("career", "政绩", en: "Career record"),
      EnumerationValue("results", "公司业绩", en: "Company results"),
      EnumerationValue("reputation", "名声", en: "Reputation"),
      EnumerationValue("family", "家庭", en: "Family"),
      EnumerationValue("sales_growth", "销售额增加", en: "Sales growth"),
      EnumerationValue("low_cost", "低成本", en: "Low cost"),
      EnumerationValue("roi", "投入产出比", en: "Return on investment"),
      EnumerationValue("payback", "成本回收周期", en: "Payback period"),
      EnumerationValue("financial_duty", "财务责任", en: "Financial responsibility"),
      EnumerationValue("new_revenue", "带来新的收入", en: "New revenue"),
      EnumerationValue("market_opening", "新的市场契机", en: "Market opening"),
      EnumerationValue("papers", "论文", en: "Papers"),
      EnumerationValue("double_edged", "双刃剑", en: "Double-edged sword"),
      EnumerationValue("showcase", "样板工程", en: "Showcase project"),
      EnumerationValue("group_interest", "群体利益", en: "Group interest"),
      EnumerationValue("achievement", "个人成就感", en: "Sense of achievement", synonyms: ["在公司有成就感"]),
      EnumerationValue("problem_solver", "问题解决者", en: "Problem solver"),
      EnumerationValue("contribution", "对公司有贡献感", en: "Contribution"),
      EnumerationValue("recognition", "被领导及公司认可", en: "Recognition"),
      EnumerationValue("extra_income", "额外收入", en: "Extra income"),
      EnumerationValue("fame", "出名", en: "Fame"),
      EnumerationValue("personal_problems", "个人问题解决", en: "Personal problems solved"),
      EnumerationValue("beat_rival", "击败内部对手", en: "Beating an internal rival"),
      EnumerationValue("respect", "尊重", en: "Respect"),
      EnumerationValue("authority", "权威的建立", en: "Authority"),
      EnumerationValue("responsibility", "对公司有责任感", en: "Responsibility"),
      EnumerationValue("expert_status", "专家地位的认可", en: "Expert status"),
      EnumerationValue("expertise", "专业知识的认可", en: "Expertise recognised"),
      EnumerationValue("product_fit", "产品满足", en: "Product fit"),
      EnumerationValue("best_solution", "最好的技术方案", en: "Best technical solution"),
      EnumerationValue("on_time", "及时交付", en: "On-time delivery"),
      EnumerationValue("low_price", "打折低价", en: "Discount or low price"),
      EnumerationValue("reliability", "可靠性", en: "Reliability"),
      EnumerationValue("safety", "安全性", en: "Safety"),
      EnumerationValue("low_maintenance", "低维护", en: "Low maintenance"),
      EnumerationValue("little_upkeep", "维护量低", en: "Little upkeep"),
      EnumerationValue("feeling", "情感因素", en: "Feeling"),
      EnumerationValue("friendship", "朋友感情", en: "Friendship"),
      EnumerationValue("easy_upkeep", "维护容易", en: "Easy upkeep"),
      EnumerationValue("stable", "稳定可靠", en: "Stable"),
      EnumerationValue("personal_gain", "个人所得", en: "Personal gain"),
      EnumerationValue("faster_work", "工作更快更容易", en: "Faster, easier work"),
      EnumerationValue("skill_growth", "技能提高", en: "Skill growth"),
      EnumerationValue("performance", "绩效满足", en: "Performance met"),
      EnumerationValue("habit", "使用惯性", en: "Habit"),
    ])

  /// Opportunity.gap_kind.
  package static let gapKind = EnumerationSpec(
    "gap_kind", "差距来源", ordered: false,
    [
      EnumerationValue("expansion", "扩张变革", en: "Fast expansion or change"),
      EnumerationValue("non_standard", "非标业务", en: "Non-standard business"),
      EnumerationValue("it_bottleneck", "投入瓶颈", en: "IT budget bottleneck"),
      EnumerationValue("dissatisfaction", "对现状不满", en: "Dissatisfaction"),
    ])

  /// Opportunity.motive.
  package static let motive = EnumerationSpec(
    "motive", "购买动机", ordered: true,
    [
      EnumerationValue("pleasure", "追求快乐", en: "Seeks pleasure"),
      EnumerationValue("pain", "逃避痛苦", en: "Avoids pain"),
      EnumerationValue("unbearable", "无法忍受", en: "Cannot bear it"),
    ])

  /// Opportunity.buying_step.
  package static let buyingStep = EnumerationSpec(
    "buying_step", "采购步骤", ordered: true,
    [
      EnumerationValue("discover", "发现需求", en: "Discover need"),
      EnumerationValue("analyse", "分析需求", en: "Analyse need"),
      EnumerationValue("probe", "资源探察", en: "Probe sources"),
      EnumerationValue("select", "选择厂家", en: "Select vendors"),
      EnumerationValue("compare", "评估比较", en: "Evaluate and compare"),
      EnumerationValue("align", "内部协商", en: "Internal alignment"),
      EnumerationValue("decide", "最终决策", en: "Final decision"),
      EnumerationValue("buy", "执行采购", en: "Purchase"),
    ])

  /// Task.state.
  package static let taskState = EnumerationSpec(
    "task_state", "任务状态", ordered: false,
    [
      EnumerationValue("open", "未完成", en: "Open"),
      EnumerationValue("done", "已完成", en: "Done"),
      EnumerationValue("not_needed", "不需要", en: "Not needed"),
    ])

  /// Action.evidence_kind.
  package static let evidenceKind = EnumerationSpec(
    "evidence_kind", "证据类型", ordered: false,
    [
      EnumerationValue("role", "联系人角色", en: "Contact role"),
      EnumerationValue("activity", "跟进记录", en: "Activity"),
      EnumerationValue("field", "字段", en: "Field"),
      EnumerationValue("file", "文件", en: "File"),
      EnumerationValue("none", "无证据", en: "None"),
    ])

  /// Offer.answer.
  package static let offerAnswer = EnumerationSpec(
    "offer_answer", "报价答复", ordered: false,
    [
      EnumerationValue("open", "待答复", en: "Open"),
      EnumerationValue("accepted", "接受", en: "Accepted"),
      EnumerationValue("refused", "拒绝", en: "Refused"),
    ])
}
