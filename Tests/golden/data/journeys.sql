-- Six customers whose activities and classes were followed by hand, and six deals of two funnels,
-- evaluated on 2026-03-31. Times are 10:00 in Shanghai.
INSERT INTO "customer" ("id", "name", "city", "class", "created_at") VALUES
  (1, '甲', '深圳', 'on_net', '2026-01-01T02:00:00Z'),
  (2, '乙', '深圳', 'intent', '2026-01-05T02:00:00Z'),
  (3, '丙', '广州', 'off_net', '2026-01-02T02:00:00Z'),
  (4, '丁', '广州', 'target', '2026-01-20T02:00:00Z'),
  (5, '戊', NULL, NULL, '2026-01-21T02:00:00Z'),
  (6, '己', '上海', 'potential', '2026-01-12T02:00:00Z');
INSERT INTO "class_change" ("id", "from_class", "to_class", "at", "customer_id") VALUES
  (1, NULL, 'target', '2026-01-01T02:00:00Z', 1), (2, 'target', 'listed', '2026-01-10T02:00:00Z', 1),
  (3, 'listed', 'potential', '2026-01-20T02:00:00Z', 1),
  (4, 'potential', 'intent', '2026-02-01T02:00:00Z', 1),
  (5, 'intent', 'order', '2026-02-10T02:00:00Z', 1),
  (6, 'order', 'on_net', '2026-02-20T02:00:00Z', 1),
  (7, NULL, 'target', '2026-01-05T02:00:00Z', 2),
  (8, 'target', 'potential', '2026-01-15T02:00:00Z', 2),
  (9, 'potential', 'listed', '2026-01-25T02:00:00Z', 2),
  (10, 'listed', 'intent', '2026-02-05T02:00:00Z', 2),
  (11, NULL, 'target', '2026-01-02T02:00:00Z', 3),
  (12, 'target', 'listed', '2026-01-08T02:00:00Z', 3),
  (13, 'listed', 'potential', '2026-01-18T02:00:00Z', 3),
  (14, 'potential', 'off_net', '2026-02-18T02:00:00Z', 3),
  (15, NULL, 'potential', '2026-01-12T02:00:00Z', 6);
INSERT INTO "activity" ("id", "kind", "state", "done_at", "customer_id") VALUES
  (1, 'training', 'done', '2026-01-05T02:00:00Z', 1), (2, 'visit', 'done', '2026-01-10T02:00:00Z', 1),
  (3, 'quote', 'done', '2026-01-20T02:00:00Z', 1),
  (4, 'training', 'done', '2026-01-05T02:00:00Z', 2), (5, 'visit', 'done', '2026-01-12T02:00:00Z', 2),
  (6, 'quote', 'done', '2026-01-08T02:00:00Z', 2),
  (7, 'training', 'done', '2026-01-06T02:00:00Z', 3), (8, 'visit', 'done', '2026-01-09T02:00:00Z', 3),
  (9, 'complaint', 'done', '2026-01-10T02:00:00Z', 3), (10, 'quote', 'done', '2026-01-15T02:00:00Z', 3),
  (11, 'visit', 'done', '2026-01-03T02:00:00Z', 4),
  (12, 'training', 'done', '2026-01-10T02:00:00Z', 4), (13, 'visit', 'done', '2026-03-01T02:00:00Z', 4),
  (14, 'training', 'done', '2026-03-20T02:00:00Z', 5), (15, 'visit', 'open', NULL, 5),
  (16, 'training', 'done', '2026-01-02T02:00:00Z', 6), (17, 'visit', 'done', '2026-01-20T02:00:00Z', 6),
  (18, 'training', 'done', '2026-02-15T02:00:00Z', 6), (19, 'visit', 'done', '2026-02-20T02:00:00Z', 6),
  (20, 'quote', 'done', '2026-03-01T02:00:00Z', 6),
  (21, 'training', 'done', '2026-01-01T02:00:00Z', NULL);
-- Purchases have a day and no hour.
INSERT INTO "purchase" ("id", "name", "ordered_on", "amount_fen", "customer_id") VALUES
  (1, '试用', '2026-03-01', 100, 1), (2, '正式', '2026-03-11', 9000, 1),
  (3, '试用', '2026-03-21', 100, 2), (4, '试用', '2026-03-20', 100, 3);
INSERT INTO "funnel" ("id", "code", "name", "main") VALUES (2, 'service', '服务', 0);
INSERT INTO "stage" ("id", "code", "name_zh", "name_en", "position", "win", "planned_conversion",
  "planned_days", "winning", "funnel_id") VALUES
  (11, 'X', '受理', 'Accept', 1, 0.3, 0.5, 5, 0, 2), (12, 'Y', '报价', 'Quote', 2, 0.6, 0.6, NULL, 0, 2),
  (13, 'Z', '签约', 'Sign', 3, 1.0, NULL, NULL, 1, 2);
INSERT INTO "opportunity" ("id", "name", "state", "amount_fen", "closed_at", "funnel_id", "stage_id",
  "created_at", "customer_id") VALUES
  (1, 'one', 'open', 300000, NULL, 1, 2, '2026-01-10T02:00:00Z', 1),
  (2, 'two', 'won', 100000, '2026-02-15T02:00:00Z', 1, 3, '2026-01-15T02:00:00Z', 2),
  (3, 'three', 'open', 500000, NULL, 2, 11, '2026-01-05T02:00:00Z', 3),
  (4, 'four', 'won', 700000, '2026-03-01T02:00:00Z', 2, 13, '2026-01-05T02:00:00Z', 4),
  (5, 'five', 'lost', 900000, '2026-02-01T02:00:00Z', 2, 12, '2026-01-06T02:00:00Z', 4),
  (6, 'six', 'lost', NULL, '2026-03-05T02:00:00Z', 1, 1, '2026-02-01T02:00:00Z', 5);
INSERT INTO "stage_change" ("id", "from_id", "to_id", "state", "at", "amount_fen", "opportunity_id")
VALUES
  (1, NULL, 1, 'open', '2026-01-10T02:00:00Z', 100000, 1),
  (2, 1, 2, 'open', '2026-02-20T02:00:00Z', 300000, 1),
  (3, NULL, 1, 'open', '2026-01-15T02:00:00Z', NULL, 2),
  (4, 1, 3, 'open', '2026-01-25T02:00:00Z', NULL, 2),
  (5, 3, NULL, 'won', '2026-02-15T02:00:00Z', NULL, 2),
  (6, NULL, 11, 'open', '2026-01-05T02:00:00Z', NULL, 3),
  (7, NULL, 11, 'open', '2026-01-05T02:00:00Z', NULL, 4),
  (8, 11, 12, 'open', '2026-01-15T02:00:00Z', NULL, 4),
  (9, 12, 13, 'open', '2026-03-01T02:00:00Z', NULL, 4),
  (10, 13, NULL, 'won', '2026-03-01T02:00:00Z', NULL, 4),
  (11, NULL, 11, 'open', '2026-01-06T02:00:00Z', NULL, 5),
  (12, 11, 12, 'open', '2026-01-20T02:00:00Z', NULL, 5),
  (13, 12, NULL, 'lost', '2026-02-01T02:00:00Z', NULL, 5),
  (14, NULL, 1, 'open', '2026-02-01T02:00:00Z', NULL, 6),
  (15, 1, 2, 'open', '2026-02-10T02:00:00Z', NULL, 6),
  (16, 2, 1, 'open', '2026-02-15T02:00:00Z', NULL, 6),
  (17, 1, 2, 'open', '2026-02-18T02:00:00Z', NULL, 6),
  (18, 2, 1, 'open', '2026-02-25T02:00:00Z', NULL, 6),
  (19, 1, NULL, 'lost', '2026-03-05T02:00:00Z', NULL, 6);
