-- Referrals of two generations, asks and talks, as of Tuesday 31 March 2026; last week is the 23rd to the 29th.
INSERT INTO "member" ("id", "name") VALUES (1, '王芳'), (2, '李雷');
INSERT INTO "customer" ("id", "name") VALUES (1, '甲'), (2, '乙'), (3, '丙'), (4, '丁'), (5, '戊'), (6, '己'),
  (7, '庚');
INSERT INTO "referrer" ("id", "name", "category", "customer_id", "owner_id", "reward_preference") VALUES
  (1, '甲公司', 'customer', 1, 1, '茶叶'), (2, '同学', 'classmate', NULL, 2, NULL),
  (3, '朋友', 'friend', NULL, 1, '茶叶'), (4, '乙公司', 'customer', 2, 1, '图书');
INSERT INTO "ask" ("step", "asked_at", "referrer_id", "member_id") VALUES
  ('target', '2026-03-23T02:00:00Z', 1, 1), ('connect', '2026-03-27T02:00:00Z', 1, 1),
  ('target', '2026-03-24T02:00:00Z', 3, 1), ('inform', '2026-03-22T02:00:00Z', 4, 2),
  ('target', '2026-03-29T02:00:00Z', 2, 2);
INSERT INTO "referral" ("id", "state", "referred_at", "met_at", "closed_at", "in_target", "referrer_id",
  "customer_id", "parent_id") VALUES
  (1, 'won', '2025-09-05T02:00:00Z', '2025-09-01T02:00:00Z', '2025-10-11T02:00:00Z', 1, 1, 2, NULL),
  (2, 'new', '2026-03-24T02:00:00Z', NULL, NULL, 1, 1, 3, NULL),
  (3, 'won', '2026-03-25T02:00:00Z', NULL, '2026-03-27T02:00:00Z', 1, 2, 4, NULL),
  (4, 'lost', '2026-03-26T02:00:00Z', NULL, '2026-03-28T02:00:00Z', 0, 2, 5, NULL),
  (5, 'won', '2025-11-01T02:00:00Z', NULL, '2025-12-01T02:00:00Z', 1, 4, 6, 1),
  (6, 'new', '2026-03-23T02:00:00Z', NULL, NULL, NULL, 4, 7, 1);
INSERT INTO "activity" ("kind", "state", "done_at", "referral_id", "member_id") VALUES
  ('phone', 'done', '2026-03-25T02:00:00Z', 2, 1), ('phone', 'done', '2026-03-25T02:00:00Z', 6, 1),
  ('visit', 'done', '2026-03-26T02:00:00Z', 3, 2), ('visit', 'done', '2026-03-30T02:00:00Z', 3, 2);
INSERT INTO "opportunity" ("name", "state", "amount_fen", "closed_at", "customer_id", "funnel_id",
  "stage_id", "created_at") VALUES
  ('乙单', 'won', 12345, '2025-10-11T02:00:00Z', 2, 1, 5, '2025-09-05T02:00:00Z'),
  ('乙后单', 'won', 500000, '2026-01-11T02:00:00Z', 2, 1, 5, '2025-12-05T02:00:00Z'),
  ('丁单', 'won', 10005, '2026-03-27T02:00:00Z', 4, 1, 5, '2026-03-25T02:00:00Z'),
  ('己单', 'won', 99999, '2025-12-01T02:00:00Z', 6, 1, 5, '2025-11-01T02:00:00Z');
