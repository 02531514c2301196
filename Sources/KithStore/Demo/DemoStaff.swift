import KithBase

/// Teams, members, grids, products, competitors and sales targets.
struct DemoStaff {
  let demo: DemoContext

  func write() throws {
    let branches = try writeTeams()
    try writeMembers(branches)
    try writeProducts()
    try writeCompetitors()
    try writeGrids(branches)
    try writeTargets()
  }

  /// The firm, its regions, their branches: a tree of three levels.
  /// - Returns: the ids of the branches.
  private func writeTeams() throws -> [Int] {
    let team = try demo.writer("team", ["name", "kind", "parent_id", "leader_id", "created_at"])
    let region = demo.words.text("region")
    let branch = demo.words.text("branch")
    func add(_ name: String, _ kind: DemoText, parent: Int, leader: Int) throws -> Int {
      team.row()
      team.text(demo.words.text(name))
      team.text(kind)
      team.reference(parent)
      team.reference(leader)
      team.time(demo.today - Int32(DemoPlan.historyDays) - 200, 7200)
      try team.insert()
      return Int(team.id)
    }
    let members = demo.sizes.members
    let root = try add("全国", region, parent: 0, leader: 1)
    // A small book has the three largest regions with one branch each.
    let regions = members < 30 ? Array(Self.regions.prefix(3)) : Self.regions
    var branches: [Int] = []
    for (index, entry) in regions.enumerated() {
      let leader = min(members, 2 + index)
      let parent = try add(entry.name, region, parent: root, leader: leader)
      for city in members < 30 ? Array(entry.branches.prefix(1)) : entry.branches {
        let lead = min(members, 2 + regions.count + branches.count)
        branches.append(try add(city + "分公司", branch, parent: parent, leader: lead))
      }
    }
    return branches
  }

  private static let regions: [(name: String, branches: [String])] = [
    ("华东", ["上海", "苏州", "杭州", "南京"]), ("华南", ["深圳", "广州", "东莞"]),
    ("华北", ["北京", "天津", "石家庄"]), ("华中", ["武汉", "郑州", "长沙"]), ("西南", ["成都", "重庆"]),
    ("西北", ["西安"]), ("东北", ["沈阳", "大连"]),
  ]

  /// Member 1 leads all, the next ones lead regions and branches, the rest sell.
  private func writeMembers(_ branches: [Int]) throws {
    var random = demo.random(10)
    let words = demo.words
    let member = try demo.writer(
      "member",
      ["name", "job", "phone", "joined_on", "left_on", "team_id", "manager_id", "created_at"])
    let jobs = words.texts(
      "account_manager account_manager key_account_manager salesperson consultant presales")
    let director = words.text("director")
    let manager = words.text("sales_manager")
    let phone = words.text("1")
    let regionCount = demo.sizes.members < 30 ? 3 : 7
    for index in 1...demo.sizes.members {
      let branch = branches[index % branches.count]
      let leadsRegion = index > 1 && index <= 1 + regionCount
      let leadsBranch = !leadsRegion && index > 1 && index <= 1 + regionCount + branches.count
      member.row()
      member.joined(words.person(&random))
      member.text(
        index == 1 || leadsRegion
          ? director : leadsBranch ? manager : jobs[random.below(jobs.count)])
      member.text(phone, number: 30_000_000 + random.below(60_000_000) * 100 + index, width: 10)
      let joined = demo.today - Int32(random.between(400, 4000))
      member.day(joined)
      if index > 8, random.chance(50) {
        member.day(demo.today - Int32(random.below(300)))
      } else {
        member.null()
      }
      member.int(branch)
      if index == 1 {
        member.null()
      } else if leadsRegion {
        member.int(1)
      } else {
        member.int(2 + index % min(regionCount, max(1, demo.sizes.members - 2)))
      }
      member.time(joined, 7200)
      try member.insert()
    }
  }

  private func writeProducts() throws {
    var random = demo.random(11)
    let words = demo.words
    let product = try demo.writer(
      "product",
      [
        "name", "line", "category", "kind", "unit", "list_price_fen", "core", "release", "course",
        "bundle", "launched_on", "created_at",
      ])
    for entry in DemoProduct.all {
      product.row()
      product.text(words.text(entry.name))
      product.text(words.text(entry.line))
      product.text(words.text(entry.category))
      product.text(words.text(entry.kind))
      product.text(words.text(entry.unit))
      product.int(entry.price * 100)
      product.int(entry.isCore ? 1 : 0)
      product.text(words.text(entry.release))
      product.int(entry.isCourse ? 1 : 0)
      product.int(entry.name.hasSuffix("组合") ? 1 : 0)
      let launched = demo.today - Int32(random.between(900, 3000))
      product.day(launched)
      product.time(launched, 7200)
      try product.insert()
    }
  }

  static let competitorNames = ["云帆软件", "金算盘科技", "远图信息", "智汇云", "博思达", "新络数据", "恒力软件", "众联在线"]

  private func writeCompetitors() throws {
    let kinds = demo.words.texts("focused emerging")
    let competitor = try demo.writer("competitor", ["name", "kind"])
    for (index, name) in Self.competitorNames.enumerated() {
      competitor.row()
      competitor.text(demo.words.text(name))
      competitor.text(kinds[index % 2])
      try competitor.insert()
    }
  }

  /// One grid for each of the largest cities.
  private func writeGrids(_ branches: [Int]) throws {
    var random = demo.random(12)
    let grid = try demo.writer(
      "grid",
      [
        "name", "stock_count", "covered_count", "building_count", "planned_count", "counted_on",
        "team_id", "owner_id",
      ])
    let ending = demo.words.text("网格")
    for index in 0..<Self.gridCount {
      let stock = random.between(200, 4000)
      grid.row()
      grid.text(demo.words.cities[index], ending)
      grid.int(stock)
      grid.int(stock * random.between(40, 85) / 100)
      grid.int(stock * random.between(2, 8) / 100)
      grid.int(stock * random.between(1, 6) / 100)
      grid.day(demo.today - Int32(random.between(5, 60)))
      grid.int(branches[index % branches.count])
      grid.int(1 + random.below(demo.sizes.members))
      try grid.insert()
    }
  }

  static let gridCount = 40

  /// An amount for each member and each quarter of this year.
  private func writeTargets() throws {
    var random = demo.random(13)
    let target = try demo.writer(
      "target", ["measure", "amount_fen", "starts_on", "ends_on", "member_id"])
    let measure = demo.words.text("amount")
    let year = Day(number: demo.today).start(of: .year)
    for member in 1...demo.sizes.members {
      for quarter in 0..<4 {
        let start = year.adding(quarter, .quarter)
        target.row()
        target.text(measure)
        target.int(Int64(random.between(20, 120)) * 1_000_000)
        target.day(start.number)
        target.day(start.adding(1, .quarter).number - 1)
        target.int(member)
        try target.insert()
      }
    }
  }
}
