-- Four customers of two sellers through classes, purchases, touches and claims, as of 31 March 2026.
-- All times are 10:00 in Shanghai (02:00 UTC).
INSERT INTO "team" ("id", "name") VALUES (1, '华南');
INSERT INTO "member" ("id", "name", "team_id") VALUES (1, '王芳', 1), (2, '李雷', 1);
INSERT INTO "product" ("id", "name", "line", "kind") VALUES
  (1, '软件', 'A', 'licence'), (2, '服务', 'A', 'maintenance'), (3, '课程', 'B', 'course');
INSERT INTO "customer" ("id", "name", "class", "industry", "headcount", "need", "owner_id") VALUES
  (1, '甲', 'on_net', 'it', 50, '财务', 1), (2, '乙', 'listed', 'it', 20, NULL, 1),
  (3, '丙', 'intent', 'trade', 100, NULL, 2), (4, '丁', NULL, NULL, NULL, NULL, 2);
INSERT INTO "contact" ("id", "name", "level", "customer_id") VALUES
  (1, '张', 'executive', 1), (2, '刘', NULL, 2);
INSERT INTO "class_change" ("from_class", "to_class", "at", "customer_id") VALUES
  (NULL, 'target', '2025-01-01T02:00:00Z', 1), ('target', 'listed', '2025-02-01T02:00:00Z', 1),
  ('listed', 'intent', '2025-03-01T02:00:00Z', 1), ('intent', 'order', '2025-03-11T02:00:00Z', 1),
  ('order', 'on_net', '2025-04-01T02:00:00Z', 1), (NULL, 'listed', '2026-03-01T02:00:00Z', 2),
  (NULL, 'listed', '2026-01-01T02:00:00Z', 3), ('listed', 'potential', '2026-01-11T02:00:00Z', 3),
  ('potential', 'listed', '2026-01-21T02:00:00Z', 3), ('listed', 'intent', '2026-02-20T02:00:00Z', 3);
INSERT INTO "purchase" ("id", "customer_id", "ordered_on", "amount_fen") VALUES
  (1, 1, '2024-03-05', 100000), (2, 1, '2025-03-10', 140000), (3, 1, '2025-09-20', 121000),
  (4, 1, '2026-02-10', 80000), (5, 2, '2026-01-15', 90000), (6, 2, '2026-02-20', 40000);
INSERT INTO "item" ("purchase_id", "product_id", "unit_price_fen", "amount_fen") VALUES
  (1, 1, 100000, 100000), (2, 1, 110000, 110000), (2, 2, 30000, 30000), (3, 1, 121000, 121000),
  (4, 3, 50000, 50000), (4, 2, 30000, 30000), (5, 1, 90000, 90000), (6, 3, 40000, 40000);
INSERT INTO "payment" ("purchase_id", "milestone") VALUES (4, '首付');
INSERT INTO "installation" ("name", "vendor", "stopped_on", "customer_id", "product_id") VALUES
  ('软件', 'us', '2026-03-01', 2, 1);
INSERT INTO "survey" ("id", "name") VALUES (1, '满意度');
INSERT INTO "response" ("answered_at", "score", "survey_id", "customer_id") VALUES
  ('2026-01-10T02:00:00Z', 0.8, 1, 1), ('2026-03-10T02:00:00Z', 0.6, 1, 1),
  ('2026-03-10T02:00:00Z', 0.9, 1, 2);
INSERT INTO "event" ("id", "name", "kind", "on_date", "state") VALUES
  (1, '联谊', 'party', '2025-11-15', 'held');
INSERT INTO "attendance" ("state", "event_id", "customer_id") VALUES ('attended', 1, 1);
INSERT INTO "activity" ("kind", "state", "done_at", "standard", "customer_id", "member_id") VALUES
  ('visit', 'done', '2026-02-10T02:00:00Z', NULL, 1, 1),
  ('phone', 'done', '2026-03-20T02:00:00Z', NULL, 2, 2),
  ('visit', 'done', '2025-12-30T02:00:00Z', NULL, 3, 2),
  ('email', 'done', '2026-03-05T02:00:00Z', 1, 2, 1),
  ('email', 'done', '2026-03-25T02:00:00Z', 1, 4, 2);
INSERT INTO "claim" ("id", "kind", "claimed_at", "ended_at", "customer_id", "member_id") VALUES
  (1, 'registration', '2026-02-20T02:00:00Z', NULL, 2, 1),
  (2, 'registration', '2026-02-10T02:00:00Z', NULL, 3, 2),
  (3, 'registration', '2026-03-03T02:00:00Z', NULL, 4, 1),
  (4, 'registration', '2026-01-01T02:00:00Z', '2026-02-01T02:00:00Z', 1, 1);
INSERT INTO "referrer" ("id", "name", "category", "customer_id") VALUES
  (1, '甲公司', 'customer', 1), (2, '同学陈', 'classmate', NULL);
INSERT INTO "referral" ("id", "state", "referred_at", "closed_at", "referrer_id", "customer_id",
  "parent_id") VALUES
  (1, 'won', '2025-06-01T02:00:00Z', '2026-02-01T02:00:00Z', 1, 3, NULL),
  (2, 'new', '2026-03-20T02:00:00Z', NULL, 2, 4, 1), (3, 'new', '2026-03-28T02:00:00Z', NULL, 2, 2, 2);
INSERT INTO "opportunity" ("id", "name", "state", "amount_fen", "closed_at", "resumes_on",
  "customer_id", "funnel_id", "stage_id", "owner_id", "created_at") VALUES
  (1, '续建', 'open', 500000, NULL, '2026-04-15', 3, 1, 3, 2, '2026-03-01T02:00:00Z'),
  (2, '首建', 'won', 2000000, '2026-02-01T02:00:00Z', NULL, 3, 1, 5, 1, '2026-01-05T02:00:00Z'),
  (3, '旧单', 'won', 700000, '2025-12-31T02:00:00Z', NULL, 1, 1, 5, 1, '2025-11-05T02:00:00Z');
INSERT INTO "participant" ("job", "opportunity_id", "member_id") VALUES ('account_manager', 1, 2);
INSERT INTO "project" ("name", "scope", "difficulty", "planned_days", "service_bought", "customer_id",
  "purchase_id") VALUES ('上线', '全公司', 3, 30, 1, 1, 4);
INSERT INTO "profile" ("id", "name", "industry_rule", "size_rule", "need_rule") VALUES
  (1, '理想客户', 'industry = it', 'headcount >= 30', 'need ~ "财务"');
INSERT INTO "target" ("id", "measure", "amount_fen", "number", "starts_on", "ends_on", "member_id",
  "team_id") VALUES
  (1, 'amount', 8000000, NULL, '2026-01-01', '2026-03-31', 1, NULL),
  (2, 'deals', NULL, 4, '2025-12-31', '2026-03-31', 1, NULL),
  (3, 'visits', NULL, 10, '2025-12-01', '2026-03-31', NULL, 1),
  (4, 'new_customers', NULL, 2, '2026-01-01', '2026-03-31', NULL, 1),
  (5, 'events', NULL, 2, '2026-01-01', '2026-03-31', NULL, 1);
UPDATE "cadence" SET "condition" = 'class >= listed' WHERE "code" = 'weekly_touch';
UPDATE "setting" SET "value" = 'name, industry, headcount, installations' WHERE "key" = 'file_overview';
UPDATE "setting" SET "value" = 'contacts, contacts.level' WHERE "key" = 'file_organisation';
UPDATE "setting" SET "value" = 'purchases, purchases.items.product' WHERE "key" = 'file_trajectory';
UPDATE "setting" SET "value" = 'last_contact' WHERE "key" = 'file_communication';
