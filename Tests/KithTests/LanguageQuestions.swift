import KithBase
import KithLanguage
import Testing

/// Questions of the sales floor as an analyst types them, the forty first. Each must read without a
/// word of complaint and come back from the formatter as the same tree in both tongues.
enum LanguageQuestions {
  static let all: [String] = [
    #"""
    customers | where city = "深圳" and tier = V1 | top 20 by revenue
    """#,
    #"""
    customers | where tier != V1 | count
    """#,
    #"""
    customers | top 3 by revenue per city
    """#,
    #"""
    customers | where created in last month | count by city | compare to previous
    """#,
    #"""
    customers
      | where any(opportunities where open) and none(activities where done in last 60 days)
    """#,
    #"""
    customers | top 10% by revenue per industry
    """#,
    #"""
    customers | where any(opportunities where won and closed in last 12 months)
              | where none(opportunities where won and closed in last 90 days)
    """#,
    #"""
    customers | where pinyin(name) starts with "wang"
    """#,
    #"""
    customers | sort revenue desc | until 80% of revenue
    """#,
    #"""
    customers | duplicates by name, city
    """#,
    #"""
    referrers | extend brought = sum(referred.opportunities.amount where won) | top 10 by brought
    """#,
    #"""
    customer 2 | downstream
    """#,
    #"""
    customers | roots | rollup people = count(), brought = sum(opportunities.amount where won)
      | top 10 by brought
    """#,
    #"""
    customer 447 | chain
    """#,
    #"""
    path from customer 2 to customer 447
    """#,
    #"""
    customers | loops
    """#,
    #"""
    customers | circles | count by circle | sort count desc
    """#,
    #"""
    let usual = win_rate(opportunities)
    """#,
    #"""
    referrers
      | where count(referred.opportunities where not open) >= 3 and win_rate(referred.opportunities) > usual
    """#,
    #"""
    referrals | where won | summarize count(), avg(time_to_win) by referrer.tier
    """#,
    #"""
    customers | where referrer is not empty and any(opportunities where won) and none(referred)
    """#,
    #"""
    customers | top 1 by generation | chain
    """#,
    #"""
    customer 2 | downstream | where level = 2
    """#,
    #"""
    opportunities | where not open | summarize count(), win_rate() by customer.generation
    """#,
    #"""
    referrers
      | extend reward = 10% * sum(referred.opportunities.amount where won and closed <= customer.referral.referred + 90 days)
      + 3% * sum(referred.referred.opportunities.amount where won and closed <= customer.referral.referred + 90 days) | where reward > 0
    """#,
    #"""
    opportunities | where created in 2026-Q3 | funnel
    """#,
    #"""
    opportunities | funnel within 90 days by customer.city
    """#,
    #"""
    opportunities | funnel | select stage, median_days, p90_days
    """#,
    #"""
    opportunities | where lost | count by stage
    """#,
    #"""
    opportunities | where open and stalled
    """#,
    #"""
    opportunities | where moved_back
    """#,
    #"""
    opportunities | where skipped
    """#,
    #"""
    opportunities | funnel | select stage, now, reached
    """#,
    #"""
    opportunities | where created in this quarter
      | summarize count(), rate(reached(won, within: 30 days)) | compare to last year
    """#,
    #"""
    opportunities | where created <= 90 days ago
      | summarize count(), rate(reached(won, within: 90 days)) by month(created)
    """#,
    #"""
    stage_changes | where at in this week and (from = C or to = C)
      | select opportunity, from, to, at
    """#,
    #"""
    as of each month in last 6 months | opportunities | where open
      | summarize count(), sum(amount)
    """#,
    #"""
    opportunities | funnel step D within 30 days | dropped after C
      | select name, owner, customer.phone
    """#,
    #"""
    opportunities | where won | histogram closed - created by 14 days
    """#,
    #"""
    opportunities | match stages C -> B -> C step 3 within 30 days
    """#,
    #"""
    customers | cohort by month(first_purchase) of purchases.ordered for 6 months
    """#,
    #"""
    opportunities | where open and none(roles where role = coach)
    """#,
    #"""
    customers | count by tier fill
    """#,
    #"""
    customers
      | where none(activities where kind in (visit, executive_visit) and done in this quarter)
    """#,
    #"""
    asks | where asked in last 8 weeks | count by member, week(asked)
    """#,
    #"""
    referrals | where referred in last 8 weeks
             
      | summarize targets = count(in_target), talks = sum(talks where in_target),
        won = count(won), median(time_to_win) by referrer.owner, week(referred)
    """#,
    #"""
    opportunities | forecast by month(expected_close)
    """#,
    #"""
    claims | where live and expires in this week | select customer, member, expires
    """#,
    #"""
    installations | where stopped in last 90 days | select customer, product, stopped, stop_reason
    """#,
    #"""
    list "hot V1" since this week
    """#,
    #"""
    客户 | 其中 城市 ＝ “深圳” 且 等级 = V1 | 前20 按 收入
    """#,
    #"""
    商机 | 其中 创建 在 本季度 | 漏斗 步骤 D 14天内 按 客户.城市 90天内 | 其中 城市 = "深圳" | 止步 C
    """#,
    #"""
    截至 每个 月 在 近6个月 | 商机 | 其中 未结 | 汇总 计数(), 合计(金额)
    """#,
  ]
}
