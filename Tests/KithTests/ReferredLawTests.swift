import KithModel
import KithStore
import Testing

/// `referred` is one level of the referral tree, on random books.
@Suite struct ReferredLawTests {
  @Test func referredIsDownstreamWithinOneLevel() throws {
    var met = 0
    for seed in 1...UInt64(12) {
      let desk = try RandomDesk(seed: seed)
      for id in try desk.ids("customer") {
        let children = try desk.lines(
          "customers | where id = \(id) | expand referred as r | select n = r.id")
        let below = try desk.lines("customer \(id) | downstream within 1 levels | select n = id")
        #expect(children.sorted() == below.sorted(), "customer \(id) of book \(seed)")
        met += children.count
      }
    }
    #expect(met >= 10, "the books hold only \(met) first referrals")
  }
}
