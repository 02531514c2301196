-- One deal, one customer and what was written down about them in May and June 2026. Times are 10:00 in
-- Shanghai.
INSERT INTO "member" ("id", "name", "created_at") VALUES
  (1, 'Ann', '2026-01-01T02:00:00Z'), (2, 'Bob', '2026-01-01T02:00:00Z');
INSERT INTO "customer" ("id", "name", "class", "owner_id", "created_at") VALUES
  (1, '华强', 'on_net', 1, '2026-04-20T02:00:00Z'), (2, '新来', 'target', 2, '2026-06-10T02:00:00Z');
INSERT INTO "class_change" ("id", "customer_id", "from_class", "to_class", "at") VALUES
  (1, 1, 'target', 'order', '2026-05-05T02:00:00Z'),
  (2, 1, 'order', 'on_net', '2026-06-15T02:00:00Z');
INSERT INTO "opportunity" ("id", "name", "state", "amount_fen", "expected_close_on", "customer_id",
  "funnel_id", "stage_id", "owner_id", "created_at") VALUES
  (1, '专线', 'open', 15000, '2026-09-30', 1, 1, 2, 1, '2026-05-01T02:00:00Z');
INSERT INTO "stage_change" ("id", "from_id", "to_id", "state", "at", "amount_fen", "opportunity_id") VALUES
  (1, NULL, 1, 'open', '2026-05-01T02:00:00Z', 10000, 1),
  (2, 1, 2, 'open', '2026-06-05T02:00:00Z', 15000, 1);
INSERT INTO "change" ("id", "entity", "object_id", "field", "from_value", "to_value", "at") VALUES
  (1, 'opportunity', 1, 'owner', '2', '1', '2026-05-10T02:00:00Z'),
  (2, 'opportunity', 1, 'amount', '10000', '15000', '2026-06-01T02:00:00Z'),
  (3, 'opportunity', 1, 'expected_close', '2026-06-30', '2026-09-30', '2026-06-20T02:00:00Z'),
  (4, 'customer', 1, 'owner', '2', '1', '2026-06-12T02:00:00Z');
INSERT INTO "activity" ("id", "kind", "state", "purpose", "customer_id", "created_at", "done_at") VALUES
  (1, 'visit', 'done', '回访', 1, '2026-05-02T02:00:00Z', '2026-05-20T02:00:00Z'),
  (2, 'phone', 'done', '报价', 1, '2026-05-25T02:00:00Z', '2026-06-03T02:00:00Z'),
  (3, 'phone', 'open', '催款', 1, '2026-06-25T02:00:00Z', NULL);
INSERT INTO "purchase" ("id", "name", "ordered_on", "amount_fen", "customer_id", "created_at") VALUES
  (1, '宽带', '2026-05-31', 30000, 1, '2026-06-02T02:00:00Z'),
  (2, '专线', '2026-06-01', 50000, 1, '2026-05-20T02:00:00Z');
