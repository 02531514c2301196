extension EnumerationSpec {
  /// contact.level.
  package static let level = EnumerationSpec(
    "level", "层级", ordered: true,
    [
      EnumerationValue("staff", "普通员工", en: "Staff (service 1: solve problems)"),
      EnumerationValue("middle", "中层", en: "Middle manager (service 2: relationship)"),
      EnumerationValue("executive", "高层", en: "Executive (service 3: manage)"),
    ])

  /// Department.use.
  package static let use = EnumerationSpec(
    "use", "应用情况", ordered: true,
    [
      EnumerationValue("unused", "未使用", en: "Not in use"),
      EnumerationValue("complaint", "意见较大", en: "Many complaints"),
      EnumerationValue("breakthrough", "最易突破", en: "Easiest to win"),
      EnumerationValue("good", "使用较好", en: "Used well"),
    ])

  /// Installation.vendor.
  package static let vendor = EnumerationSpec(
    "vendor", "厂家", ordered: false,
    [
      EnumerationValue("us", "我方", en: "Us"),
      EnumerationValue("own", "自建", en: "Built by itself"),
      EnumerationValue("rival", "对手", en: "Rival"),
    ])

  /// Partner.relation.
  package static let partnerRelation = EnumerationSpec(
    "partner_relation", "往来关系", ordered: false,
    [
      EnumerationValue("supplier", "供应商", en: "Supplier"),
      EnumerationValue("buyer", "采购商", en: "Buyer"),
      EnumerationValue("parent", "母公司", en: "Parent"),
      EnumerationValue("branch", "分支机构", en: "Branch"),
    ])

  /// competitor.kind.
  package static let competitorKind = EnumerationSpec(
    "competitor_kind", "对手类型", ordered: false,
    [
      EnumerationValue("focused", "聚焦", en: "Focused"),
      EnumerationValue("emerging", "新兴", en: "Emerging"),
    ])

  /// Note.kind.
  package static let noteKind = EnumerationSpec(
    "note_kind", "记事类型", ordered: false,
    [
      EnumerationValue("like", "喜好", en: "Liking"),
      EnumerationValue("courtesy", "礼节", en: "Courtesy"),
      EnumerationValue("ask", "请求", en: "Ask"),
      EnumerationValue("hint", "需求线索", en: "Need hint"),
      EnumerationValue("concern", "顾虑", en: "Concern"),
      EnumerationValue("promise", "口头承诺", en: "Verbal promise"),
      EnumerationValue("special", "特别承诺", en: "Special commitment"),
      EnumerationValue("memo", "备忘", en: "Memo"),
    ])

  /// Tag.kind.
  package static let tagKind = EnumerationSpec(
    "tag_kind", "标签类型", ordered: false,
    [
      EnumerationValue("topic", "话题", en: "Topic of interest"),
      EnumerationValue("link", "管理环节", en: "Management link"),
      EnumerationValue("need", "需求标签", en: "Need"),
      EnumerationValue("free", "自由标签", en: "Free"),
    ])

  /// Member.job, stage.jobs, participant.job.
  package static let job = EnumerationSpec(
    "job", "岗位", ordered: false,
    [
      EnumerationValue("account_manager", "客户经理", en: "Account manager"),
      EnumerationValue("key_account_manager", "大客户经理", en: "Key-account manager"),
      EnumerationValue("salesperson", "销售人员", en: "Salesperson", synonyms: ["骨干销售"]),
      EnumerationValue("sales_manager", "销售经理", en: "Sales manager"),
      EnumerationValue("director", "总监", en: "Director", synonyms: ["客户总监"]),
      EnumerationValue("branch_gm", "分公司总经理", en: "Branch general manager", synonyms: ["总经理"]),
      EnumerationValue("regional_gm", "区总", en: "Regional general manager", synonyms: ["区域领导"]),
      EnumerationValue("consultant", "顾问", en: "Consultant"),
      EnumerationValue("expert", "专家", en: "Expert", synonyms: ["公司顾问专家"]),
      EnumerationValue("presales", "售前", en: "Pre-sales"),
      EnumerationValue("implementer", "实施顾问", en: "Implementation consultant"),
      EnumerationValue("project_manager", "项目经理", en: "Project manager"),
      EnumerationValue("service_manager", "服务经理", en: "Service manager", synonyms: ["运维顾问"]),
      EnumerationValue("service_desk", "远程客服", en: "Remote service desk"),
      EnumerationValue("technician", "技术服务", en: "Technician"),
      EnumerationValue("marketing", "市场", en: "Marketing"),
      EnumerationValue("grid_member", "网格成员", en: "Grid member"),
    ])

  /// Team.kind.
  package static let teamKind = EnumerationSpec(
    "team_kind", "团队类型", ordered: false,
    [
      EnumerationValue("region", "区域", en: "Region"),
      EnumerationValue("branch", "分公司", en: "Branch", synonyms: ["机构"]),
      EnumerationValue("grid_team", "网格团队", en: "Grid team"),
      EnumerationValue("partner", "伙伴", en: "Channel partner"),
    ])

  /// claim.kind.
  package static let claimKind = EnumerationSpec(
    "claim_kind", "认领类型", ordered: false,
    [
      EnumerationValue("grid", "网格认领", en: "Grid claim"),
      EnumerationValue("registration", "个人报备", en: "Personal registration", synonyms: ["报备"]),
    ])

  /// claim.end_reason.
  package static let claimEnd = EnumerationSpec(
    "claim_end", "认领结束", ordered: false,
    [
      EnumerationValue("lapsed", "失效", en: "Lapsed"),
      EnumerationValue("released", "释放", en: "Released"),
      EnumerationValue("won", "成交", en: "Won"),
      EnumerationValue("reassigned", "转派", en: "Reassigned"),
      EnumerationValue("merged", "已合并", en: "Merged"),
    ])
}
