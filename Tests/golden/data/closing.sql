-- A closing event of 12 March 2026 that promotes product 1: 17 customers came, 18 and 19 did not.
-- Signed on the day 4, after a week 7 for 71,800, after 30 days 15; and purchases that must not count:
-- of another product, a day before, on day 31, and by someone who was not there.
INSERT INTO "product" ("id", "name") VALUES (1, '云账'), (2, '打印机');
INSERT INTO "event" ("id", "name", "kind", "on_date", "begins_at", "finishes_at", "state", "product_id")
  VALUES (1, '打单会', 'closing', '2026-03-12', '2026-03-12T05:30:00Z', '2026-03-12T09:00:00Z', 'held', 1),
  (2, '培训会', 'training', '2026-03-27', '2026-03-27T05:30:00Z', '2026-03-27T09:00:00Z', 'held', NULL),
  (3, '小打单会', 'closing', '2026-03-16', NULL, NULL, 'held', 1);
INSERT INTO "calendar_day" ("on_date", "tax_day") VALUES ('2026-03-16', 1), ('2026-03-12', 0);
INSERT INTO "preparation" ("kind", "name", "amount_fen", "event_id") VALUES
  ('cost', '场地', 120000, 1), ('cost', '茶歇', 50000, 1);
INSERT INTO "session" ("name", "begins_at", "finishes_at", "product_slot", "event_id") VALUES
  ('主题', '2026-03-12T05:30:00Z', '2026-03-12T07:00:00Z', 0, 1),
  ('演示', '2026-03-12T07:00:00Z', '2026-03-12T07:40:00Z', 1, 1),
  ('交流', '2026-03-12T07:40:00Z', '2026-03-12T09:00:00Z', 0, 1),
  ('产品', '2026-03-27T05:30:00Z', '2026-03-27T06:30:00Z', 1, 2),
  ('培训', '2026-03-27T06:00:00Z', '2026-03-27T08:00:00Z', 0, 2);
INSERT INTO "customer" ("id", "name") VALUES (1, '客户1'), (2, '客户2'), (3, '客户3'), (4, '客户4'), (5, '客户5'), (6, '客户6'), (7, '客户7'), (8, '客户8'), (9, '客户9'), (10, '客户10'), (11, '客户11'), (12, '客户12'), (13, '客户13'), (14, '客户14'), (15, '客户15'), (16, '客户16'), (17, '客户17'), (18, '客户18'), (19, '客户19');
INSERT INTO "attendance" ("customer_id", "state", "event_id") VALUES (1, 'attended', 1), (2, 'attended', 1), (3, 'attended', 1), (4, 'attended', 1), (5, 'attended', 1), (6, 'attended', 1), (7, 'attended', 1), (8, 'attended', 1), (9, 'attended', 1), (10, 'attended', 1), (11, 'attended', 1), (12, 'attended', 1), (13, 'attended', 1), (14, 'attended', 1), (15, 'attended', 1), (16, 'attended', 1), (17, 'attended', 1), (18, 'absent', 1), (19, 'absent', 1), (1, 'attended', 3), (2, 'attended', 3), (3, 'attended', 3), (4, 'attended', 3), (5, 'attended', 3), (6, 'attended', 3), (7, 'attended', 3);
INSERT INTO "purchase" ("id", "customer_id", "ordered_on", "signed_on") VALUES
  (1, 1, '2026-03-12', NULL), (2, 2, '2026-03-12', NULL), (3, 3, '2026-03-12', NULL),
  (4, 4, '2026-03-12', NULL), (5, 5, '2026-03-25', '2026-03-17'), (6, 6, '2026-03-19', NULL),
  (7, 7, '2026-03-13', NULL), (8, 8, '2026-03-20', NULL), (9, 9, '2026-03-24', NULL),
  (10, 10, '2026-03-28', NULL), (11, 11, '2026-03-30', NULL), (12, 12, '2026-03-31', NULL),
  (13, 13, '2026-04-02', NULL), (14, 14, '2026-04-10', NULL), (15, 15, '2026-04-11', NULL),
  (16, 16, '2026-03-14', NULL), (17, 16, '2026-04-12', NULL), (18, 17, '2026-03-11', NULL),
  (19, 18, '2026-03-13', NULL), (20, 1, '2026-03-15', NULL);
INSERT INTO "item" ("purchase_id", "product_id", "amount_fen") VALUES
  (1, 1, 1000000), (2, 1, 1000000), (3, 1, 1000000), (4, 1, 1000000), (5, 1, 1000000), (6, 1, 1000000),
  (7, 1, 1180000), (8, 1, 500000), (9, 1, 500000), (10, 1, 500000), (11, 1, 500000), (12, 1, 500000),
  (13, 1, 500000), (14, 1, 500000), (15, 1, 500000), (16, 2, 99900), (17, 1, 99900), (18, 1, 99900),
  (19, 1, 99900), (20, 2, 77700);
