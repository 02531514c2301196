-- At least one hit for every early warning that is computed, and near misses, as of 31 March 2026.
INSERT INTO "team" ("id", "name") VALUES (1, '北'), (2, '南');
INSERT INTO "member" ("id", "name", "job", "team_id", "left_on") VALUES
  (1, '王芳', 'account_manager', 1, NULL), (2, '李雷', 'presales', 1, '2026-02-15'),
  (3, '韩梅', 'presales', 1, NULL), (4, '赵六', 'presales', 2, '2025-06-01'),
  (5, '孙七', 'presales', 2, NULL);
INSERT INTO "product" ("id", "name", "kind") VALUES (1, '软件', 'licence'), (2, '运维', 'maintenance');
INSERT INTO "customer" ("id", "name", "class", "owner_id") VALUES
  (1, '一单飞来', 'order', 1), (2, '二无售前', 'order', 1), (3, '三新技术', 'intent', 1),
  (4, '四谢绝', 'intent', 1), (5, '五久未购', 'order', 1), (6, '六停用', 'order', 1),
  (7, '七取代', 'order', 1), (8, '八多接触', 'listed', 1), (9, '九落差', 'order', 1),
  (10, '十优惠', 'order', 1), (11, '离网', 'off_net', 1), (12, '不续费', 'intent', 1),
  (13, '在网', 'on_net', 1), (14, '售后', 'order', 1), (15, '手工', 'intent', 1),
  (16, '平安', 'on_net', 1), (17, '两次谢绝', 'intent', 1), (18, '两次谢绝一次来', 'intent', 1);
INSERT INTO "contact" ("id", "name", "level", "customer_id") VALUES
  (1, '高', 'executive', 16), (2, '低', 'staff', 13);
INSERT INTO "purchase" ("id", "customer_id", "ordered_on", "presales", "discount_kind") VALUES
  (1, 1, '2026-03-20', 1, NULL), (2, 1, '2026-03-25', 1, NULL),
  (3, 2, '2025-08-01', 0, NULL), (4, 2, '2025-07-01', 1, NULL), (5, 2, '2025-06-01', 0, NULL),
  (6, 2, '2025-05-02', 0, NULL), (7, 2, '2025-05-01', 0, NULL),
  (8, 5, '2024-01-01', 1, NULL), (9, 5, '2024-02-01', 1, NULL), (10, 5, '2024-03-01', 1, NULL),
  (11, 10, '2025-09-01', 1, 'promotion'), (12, 10, '2025-06-01', 1, 'price_cut'),
  (13, 14, '2026-01-15', 1, NULL), (14, 16, '2026-01-20', 1, 'promotion'),
  (15, 16, '2026-02-20', 1, 'none');
INSERT INTO "activity" ("kind", "state", "done_at", "new_tech", "training_declined", "customer_id",
  "contact_id", "member_id") VALUES
  ('visit', 'done', '2025-12-01T02:00:00Z', '人工智能', NULL, 3, NULL, 1),
  ('visit', 'done', '2025-09-01T02:00:00Z', '区块链', NULL, 4, NULL, 1),
  ('phone', 'done', '2025-10-01T02:00:00Z', NULL, 1, 4, NULL, 1),
  ('visit', 'done', '2026-03-30T02:00:00Z', NULL, NULL, 16, 1, 1),
  ('visit', 'done', '2026-03-01T02:00:00Z', NULL, NULL, 13, 2, 1),
  ('phone', 'done', '2026-01-02T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-01-03T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-01-04T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-01-05T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-01-06T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-02-02T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-02-03T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-02-04T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-02-05T02:00:00Z', NULL, NULL, 8, NULL, 1),
  ('phone', 'done', '2026-02-06T02:00:00Z', NULL, NULL, 8, NULL, 1);
INSERT INTO "class_change" ("to_class", "at", "customer_id") VALUES
  ('listed', '2025-06-01T02:00:00Z', 8);
INSERT INTO "event" ("id", "name", "kind", "on_date", "state") VALUES
  (1, '培训一', 'training', '2025-10-10', 'held'), (2, '培训二', 'training', '2025-11-10', 'held'),
  (3, '培训三', 'training', '2025-12-10', 'held');
INSERT INTO "attendance" ("state", "event_id", "customer_id") VALUES
  ('declined', 1, 17), ('declined', 2, 17), ('declined', 1, 18), ('declined', 2, 18),
  ('attended', 3, 18), ('declined', 1, 16);
INSERT INTO "installation" ("name", "vendor", "stopped_on", "customer_id") VALUES
  ('软件', 'us', '2025-12-31', 6), ('旧软件', 'us', '2024-12-31', 16), ('别家', 'rival', '2026-01-01', 16);
INSERT INTO "competitor" ("id", "name") VALUES (1, '对手甲');
INSERT INTO "rival" ("replaced_us", "customer_id", "opportunity_id", "competitor_id") VALUES
  (1, 7, NULL, 1), (0, 16, NULL, 1);
INSERT INTO "survey" ("id", "name") VALUES (1, '满意度');
INSERT INTO "response" ("answered_at", "score", "survey_id", "customer_id") VALUES
  ('2025-10-01T02:00:00Z', 0.9, 1, 9), ('2026-02-01T02:00:00Z', 0.5, 1, 9),
  ('2025-10-01T02:00:00Z', 0.5, 1, 16), ('2026-02-01T02:00:00Z', 0.9, 1, 16);
INSERT INTO "claim" ("id", "kind", "claimed_at", "customer_id", "member_id") VALUES
  (1, 'registration', '2026-01-01T02:00:00Z', 3, 1), (2, 'registration', '2026-03-20T02:00:00Z', 4, 1);
INSERT INTO "project" ("id", "name", "state", "kickoff_on", "planned_days", "finished_on", "customer_id")
VALUES (1, '停滞', 'stalled', NULL, NULL, NULL, 1), (2, '逾期', 'running', '2026-01-01', 30, NULL, 2),
  (3, '按期', 'running', '2026-03-01', 90, NULL, 3), (4, '完成', 'done', '2025-01-01', 30, '2025-02-01', 4);
INSERT INTO "referrer" ("id", "name", "category") VALUES (1, '老同学', 'classmate'), (2, '邻居', 'neighbour');
INSERT INTO "ask" ("step", "asked_at", "promised_on", "answered_at", "referrer_id") VALUES
  ('target', '2026-02-01T02:00:00Z', '2026-02-10', NULL, 1),
  ('target', '2026-02-01T02:00:00Z', '2026-02-10', '2026-02-09T02:00:00Z', 2);
INSERT INTO "opportunity" ("id", "name", "state", "strategy", "resumes_on", "customer_id", "funnel_id",
  "stage_id", "owner_id", "created_at") VALUES
  (1, '超期', 'open', NULL, NULL, 2, 1, 1, 1, '2026-01-01T02:00:00Z'),
  (2, '超期已停', 'open', NULL, '2026-05-01', 2, 1, 1, 1, '2026-01-01T02:00:00Z'),
  (3, '有反对', 'open', NULL, NULL, 4, 1, 2, 1, '2026-03-29T02:00:00Z'),
  (4, '有对手', 'open', NULL, NULL, 4, 1, 3, 1, '2026-03-29T02:00:00Z'),
  (5, '有顾虑', 'open', NULL, NULL, 4, 1, 4, 1, '2026-03-29T02:00:00Z'),
  (6, '不交费', 'lost', NULL, NULL, 12, 1, 4, 1, '2025-03-29T02:00:00Z'),
  (7, '有线人', 'open', '低价', NULL, 4, 1, 1, 1, '2026-03-30T02:00:00Z');
INSERT INTO "stage_change" ("to_id", "state", "at", "opportunity_id") VALUES
  (1, 'open', '2026-01-01T02:00:00Z', 1), (1, 'open', '2026-01-01T02:00:00Z', 2),
  (2, 'open', '2026-03-29T02:00:00Z', 3), (3, 'open', '2026-03-29T02:00:00Z', 4),
  (4, 'open', '2026-03-29T02:00:00Z', 5), (1, 'open', '2026-03-30T02:00:00Z', 7);
INSERT INTO "role" ("role", "stance", "driver_met", "opportunity_id", "contact_id") VALUES
  ('opponent', 'rival', 4, 3, 1), ('coach', 'us', NULL, 7, 1), ('opponent', 'us', 5, 7, 2);
INSERT INTO "rival" ("opportunity_id", "competitor_id") VALUES (4, 1), (7, 1);
INSERT INTO "note" ("kind", "text", "done_at", "opportunity_id") VALUES
  ('concern', '付款', NULL, 5), ('concern', '已解', '2026-03-30T02:00:00Z', 4);
INSERT INTO "offer" ("opportunity_id", "product_id", "answer", "template", "offered_on") VALUES
  (6, 2, 'refused', '标准', '2025-04-01'), (1, 1, 'open', '标准', '2026-01-02'),
  (1, 1, 'open', '标准', '2026-01-03'), (1, 1, 'open', '标准', '2026-01-04'),
  (1, 1, 'open', '标准', '2026-01-05'), (2, 1, 'open', '标准', '2026-01-06'),
  (2, 1, 'open', '标准', '2026-01-07'), (2, 1, 'open', '定制', '2026-01-08'),
  (3, 1, 'open', '标准', '2026-01-09'), (3, 1, 'open', '标准', '2026-01-10'),
  (3, 1, 'open', '标准', '2026-01-11'), (3, 1, 'open', NULL, NULL);
INSERT INTO "signal" ("rule_id", "raised_at", "by_hand", "handled_at", "customer_id") VALUES
  (17, '2026-03-01T02:00:00Z', 1, NULL, 15), (18, '2026-03-01T02:00:00Z', 1, '2026-03-05T02:00:00Z', 15),
  (8, '2026-01-05T02:00:00Z', 0, '2026-01-09T02:00:00Z', 6);
