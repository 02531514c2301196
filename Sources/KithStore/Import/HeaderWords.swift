/// What spreadsheets write over their columns besides a field's own name.
enum HeaderWords {
  /// Usual headers and the names they stand for, tried where nothing else fits; folded.
  static let common: [String: String] = [
    "所在城市": "city", "所属城市": "city", "所在省份": "province", "联系电话": "phone",
    "电话号码": "phone", "手机": "phone", "手机号": "phone", "手机号码": "phone", "tel": "phone",
    "telephone": "phone", "mobile": "phone", "phonenumber": "phone", "电子邮箱": "email",
    "所属行业": "industry", "sector": "industry", "employees": "headcount", "员工数": "headcount",
    "员工人数": "headcount", "createddate": "created", "createdate": "created",
    "datecreated": "created", "创建日期": "created", "account": "customer", "company": "customer",
    "client": "customer", "公司": "customer", "公司名称": "customer", "accountname": "customer",
    "companyname": "customer", "clientname": "customer", "salesperson": "owner", "业务员": "owner",
    "销售员": "owner", "客户经理": "owner", "商机金额": "amount", "dealvalue": "amount",
  ]

  /// `年产值(万元)` is 年产值 and 10,000; nil where no unit of the book stands behind a name.
  static func unit(of header: String) -> (name: String, factor: Int64)? {
    guard let last = header.last, last == ")" || last == "）",
      let open = header.lastIndex(where: { $0 == "(" || $0 == "（" })
    else { return nil }
    let unit = header[header.index(after: open)...].dropLast().filter { $0 != " " }
    let name = header[..<open]
    guard let factor = factors[unit.lowercased()], name.contains(where: { !$0.isWhitespace })
    else { return nil }
    return (String(name), factor)
  }

  private static let factors: [String: Int64] = [
    "元": 1, "人民币": 1, "rmb": 1, "cny": 1, "¥": 1, "￥": 1, "千元": 1_000, "万": 10_000,
    "万元": 10_000, "百万元": 1_000_000, "亿": 100_000_000, "亿元": 100_000_000, "人": 1, "年": 1,
    "天": 1,
  ]

  /// First cells of rows that add up the others; folded.
  private static let totals: Set<String> = [
    "合计", "总计", "小计", "共计", "total", "totals", "subtotal", "grandtotal",
  ]

  /// Whether a cell begins as such a word does; looked at for every row, so it must be cheap.
  static func mayBeTotal(_ cell: CellBytes) -> Bool {
    guard let first = cell.first, cell.count <= 16 else { return false }
    // 合 总 小 共 in UTF-8, or a letter of Total, Subtotal, Grand total.
    return [0xE5, 0xE6, 0x54, 0x74, 0x53, 0x73, 0x47, 0x67].contains(first)
  }

  /// A row such as `合计,,,27500`: the word, then nothing but figures and at least one.
  static func isTotal(_ cells: [String]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }
    guard filled.count > 1, let first = filled.first, totals.contains(foldedWord(first)) else {
      return false
    }
    return filled.dropFirst().allSatisfy { cell in
      cell.contains { $0.isNumber } && !cell.contains { $0.isLetter }
    }
  }
}
