-- A small desk: four sellers, eight customers, eight deals. All times are 10:00 in Shanghai (02:00 UTC)
-- unless a test needs another one. Funnel 1 with the stages 1 to 6 (A to F) is in every new book.
INSERT INTO "team" ("id", "name", "parent_id") VALUES (1, '华南', NULL), (2, 'North', NULL);
INSERT INTO "member" ("id", "name", "job", "team_id", "manager_id", "joined_on", "left_on") VALUES
  (1, '王芳', 'account_manager', 1, NULL, '2024-03-01', NULL),
  (2, '李雷', 'account_manager', 1, 1, '2025-01-15', NULL),
  (3, 'Ann', 'consultant', 2, 1, '2025-06-30', '2026-10-31'),
  (4, 'Bob', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "customer" ("id", "code", "name", "city", "industry", "size", "headcount", "vpc",
  "annual_output_fen", "annual_profit_fen", "budget_fen", "wallet_share", "class", "high_risk",
  "phone", "owner_id", "created_at") VALUES
  (1, 'C-1', '华强电子', '深圳', 'it', 'large', 320, 'V', 40000000000, 1200000000, 60000000, 0.5,
    'on_net', 0, '13800000001', 1, '2026-10-05T02:00:00Z'),
  (2, 'C-2', '云图', '深圳', 'finance', 'medium', 80, 'V', 5000000000, 300000000, 20000000, 0.3,
    'intent', 1, '13800000002', 1, '2026-11-02T02:00:00Z'),
  (3, 'C-3', '远景', '上海', 'it', 'small', 20, 'C', 1000000000, 100000000, NULL, 0.1,
    'order', NULL, NULL, 2, '2026-09-30T02:00:00Z'),
  (5, 'C-5', 'Acme', 'Shenzhen', 'trade', NULL, NULL, 'P', NULL, NULL, NULL, NULL,
    'target', NULL, NULL, 3, '2026-10-31T15:59:59Z'),
  (6, 'C-6', 'ＡＢＣ科技', '广州', 'it', 'medium', 80, 'V', 30000000000, NULL, 5000000, NULL,
    'off_net', 0, NULL, 2, '2026-10-31T16:00:00Z'),
  (8, NULL, 'ABC贸易', '广州', NULL, NULL, 5, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL),
  (9, NULL, '電華實業', NULL, 'it', 'large', 500, 'C', 30000000000, NULL, NULL, 0.25,
    'listed', NULL, NULL, NULL, '2025-12-31T16:00:00Z'),
  (10, NULL, 'Zeta', NULL, NULL, NULL, NULL, 'V', 30000000000, NULL, NULL, NULL,
    NULL, 1, NULL, NULL, '2026-11-21T02:00:00Z');
INSERT INTO "contact" ("id", "name", "title", "level", "phone", "has_say", "customer_id") VALUES
  (1, '张伟', '总经理', 'executive', '13900000001', 1, 1),
  (2, '刘洋', '工程师', 'staff', NULL, 0, 1),
  (3, '陈静', '主管', 'middle', '13900000003', NULL, 2),
  (4, '赵磊', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "product" ("id", "code", "name", "line", "core", "course", "list_price_fen") VALUES
  (1, 'P-1', '宽带', '网络', 1, 0, 120000), (2, 'P-2', '专线', '网络', 0, 0, 980000),
  (3, 'P-3', '云平台', '云', 1, 0, NULL);
INSERT INTO "purchase" ("id", "name", "ordered_on", "amount_fen", "cost_fen", "customer_id",
  "owner_id") VALUES
  (1, '宽带', '2026-01-10', 100000, 60000, 1, 1), (2, '专线', '2026-06-01', 50025, 40000, 1, 1),
  (3, '未定价', '2026-07-01', NULL, NULL, 1, 2), (4, '宽带', '2026-03-03', 150025, 150000, 2, 1),
  (5, '宽带', '2025-12-31', 20010, NULL, 3, 2), (6, '零头', '2026-02-01', 5, 1, 6, 2),
  (7, '零头', '2026-02-02', 15, 2, 6, 2), (8, '零头', '2026-02-03', 25, 3, 6, 2);
INSERT INTO "item" ("id", "quantity", "unit_price_fen", "amount_fen", "purchase_id", "product_id")
VALUES
  (1, 1.0, 60000, 60000, 1, 1), (2, 2.0, 20000, 40000, 1, 3), (3, 1.0, 50025, 50025, 2, 2),
  (4, 3.0, 50000, 150000, 4, 1), (5, 0.5, NULL, 25, 4, 3);
INSERT INTO "opportunity" ("id", "code", "name", "state", "amount_fen", "cost_fen", "manual_win",
  "expected_close_on", "closed_at", "kind", "lost_reason", "customer_id", "funnel_id", "stage_id",
  "owner_id", "created_at") VALUES
  (1, 'D-1', '宽带', 'open', 10000000, 6000000, NULL, '2026-12-15', NULL, 'service', NULL,
    1, 1, 3, 1, '2026-08-01T02:00:00Z'),
  (2, 'D-2', '专线', 'won', 8000000, 5000000, NULL, '2026-10-31', '2026-10-20T02:00:00Z', 'service',
    NULL, 1, 1, 5, 1, '2026-07-05T02:00:00Z'),
  (3, 'D-3', '云平台', 'open', 25000000, NULL, 0.6, '2026-11-30', NULL, 'new_product', NULL,
    2, 1, 4, 2, '2026-09-10T02:00:00Z'),
  (4, 'D-4', '改造', 'open', NULL, NULL, NULL, NULL, NULL, 'retrofit', NULL,
    3, 1, 1, NULL, '2026-11-10T02:00:00Z'),
  (5, 'D-5', '升级', 'lost', 6000000, 0, NULL, '2026-09-15', '2026-09-30T02:00:00Z', 'upgrade',
    'price', 5, 1, 2, 3, '2026-07-20T02:00:00Z'),
  (6, 'D-6', '服务', 'abandoned', 5000000, 5000000, NULL, NULL, '2026-10-01T02:00:00Z', NULL, NULL,
    6, 1, 1, 2, '2026-09-01T02:00:00Z'),
  (7, 'D-7', '课程', 'won', 5, 4, NULL, '2026-11-03', '2026-11-03T02:00:00Z', 'course', NULL,
    6, 1, 6, 2, '2026-10-03T02:00:00Z'),
  (8, 'D-8', '无客户', 'open', 3000000, NULL, NULL, '2026-11-01', NULL, NULL, NULL,
    NULL, 1, 2, 3, '2026-11-21T02:00:00Z');
INSERT INTO "stage_change" ("id", "from_id", "to_id", "state", "at", "opportunity_id") VALUES
  (1, NULL, 1, 'open', '2026-08-01T02:00:00Z', 1), (2, 1, 2, 'open', '2026-08-08T02:00:00Z', 1),
  (3, 2, 3, 'open', '2026-08-20T02:00:00Z', 1),
  (4, NULL, 1, 'open', '2026-07-05T02:00:00Z', 2), (5, 1, 2, 'open', '2026-07-12T02:00:00Z', 2),
  (6, 2, 3, 'open', '2026-07-20T02:00:00Z', 2), (7, 3, 4, 'open', '2026-08-01T02:00:00Z', 2),
  (8, 4, 5, 'open', '2026-10-15T02:00:00Z', 2), (9, 5, NULL, 'won', '2026-10-20T02:00:00Z', 2),
  (10, NULL, 1, 'open', '2026-09-10T02:00:00Z', 3), (11, 1, 3, 'open', '2026-09-20T02:00:00Z', 3),
  (12, 3, 4, 'open', '2026-10-20T02:00:00Z', 3), (13, NULL, 1, 'open', '2026-11-10T02:00:00Z', 4),
  (14, NULL, 1, 'open', '2026-07-20T02:00:00Z', 5), (15, 1, 2, 'open', '2026-08-01T02:00:00Z', 5),
  (16, 2, 1, 'open', '2026-08-10T02:00:00Z', 5), (17, 1, 2, 'open', '2026-08-20T02:00:00Z', 5),
  (18, 2, NULL, 'lost', '2026-09-30T02:00:00Z', 5),
  (19, NULL, 1, 'open', '2026-09-01T02:00:00Z', 6),
  (20, 1, NULL, 'abandoned', '2026-10-01T02:00:00Z', 6),
  (21, NULL, 1, 'open', '2026-10-03T02:00:00Z', 7), (22, 1, 2, 'open', '2026-10-10T02:00:00Z', 7),
  (23, 2, 3, 'open', '2026-10-17T02:00:00Z', 7), (24, 3, 2, 'open', '2026-10-24T02:00:00Z', 7),
  (25, 2, 3, 'open', '2026-10-27T02:00:00Z', 7), (26, 3, 5, 'open', '2026-11-01T02:00:00Z', 7),
  (27, 5, 6, 'open', '2026-11-02T02:00:00Z', 7), (28, 6, NULL, 'won', '2026-11-03T02:00:00Z', 7),
  (29, NULL, 2, 'open', '2026-11-21T02:00:00Z', 8);
INSERT INTO "role" ("id", "role", "influence", "opportunity_id", "contact_id") VALUES
  (1, 'coach', 4, 1, 1), (2, 'economic', 5, 3, 3), (3, 'user', NULL, 1, 2);
INSERT INTO "activity" ("id", "kind", "state", "planned_on", "done_at", "purpose", "customer_id",
  "member_id") VALUES
  (1, 'visit', 'done', NULL, '2026-11-01T02:00:00Z', '回访', 1, 1),
  (2, 'phone', 'done', NULL, '2026-09-01T02:00:00Z', '回访', 1, 1),
  (3, 'email', 'done', NULL, '2026-09-22T15:59:59Z', '报价', 2, 2),
  (4, 'visit', 'done', NULL, '2026-09-22T16:00:00Z', '演示', 3, 2),
  (5, 'training', 'open', '2026-12-01', NULL, NULL, 3, 2),
  (6, 'quote', 'done', NULL, '2026-11-20T16:30:00Z', '报价', 6, NULL);
