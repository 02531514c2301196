extension Catalogue {
  /// What every book knows before it adds anything, in the order of the reference.
  package static let shipped = Catalogue(
    entities: shippedEntities, enumerations: shippedEnumerations, settings: SettingSpec.shipped)

  private static let shippedEntities: [EntitySpec] = [
    .customer, .contact, .member, .team, .grid, .claim, .classChange, .department, .installation,
    .partner, .competitor, .rival, .note, .tag, .opportunity, .funnel, .stage, .action, .task,
    .stageChange, .role, .offer, .participant, .referrer, .ask, .referral, .reward, .profile,
    .activity, .cadence, .event, .session, .attendance, .preparation, .survey, .question, .response,
    .answer, .product, .purchase, .item, .payment, .project, .rule, .signal, .target, .list,
    .listEntry, .batch, .change, .setting, .term, .field, .calendarDay,
  ]

  private static let shippedEnumerations: [EnumerationSpec] = [
    .stage, .class, .potentialLevel, .listKind, .lifecycle, .vpc, .ndf, .rad, .radStatus, .tier,
    .ndfCell, .radCell, .phase, .size, .industry, .source, .level, .use, .vendor, .partnerRelation,
    .competitorKind, .noteKind, .tagKind, .job, .teamKind, .claimKind, .claimEnd, .referrerCategory,
    .askStep, .referralState, .rewardKind, .productKind, .discountKind, .opportunityKind,
    .opportunityState, .lostReason, .forecast, .progress, .salesLink, .eventPhase, .role, .stance,
    .driver, .gapKind, .motive, .buyingStep, .taskState, .evidenceKind, .offerAnswer, .activityKind,
    .activityState, .direction, .frequency, .eventKind, .eventState, .attendanceState,
    .preparationKind, .channel, .provider, .subsidyState, .surveyKind, .surveySubject,
    .questionKind, .dimension, .projectState, .measure, .listMode, .batchKind, .rfmSegment,
    .buyingState, .loopStep, .retention,
  ]
}
