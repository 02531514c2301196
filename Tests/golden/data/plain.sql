-- A funnel without a winning stage: X, Y, Z. Deal 1 was won straight from X; 2 went to Y and was lost;
-- 3 left out Y and stands in Z; 4 took every stage and was won; 5 stands in X.
INSERT INTO "funnel" ("id", "name") VALUES (2, 'plain');
INSERT INTO "stage" ("id", "code", "name_zh", "name_en", "position", "funnel_id") VALUES
  (21, 'X', '甲', 'X', 1, 2), (22, 'Y', '乙', 'Y', 2, 2), (23, 'Z', '丙', 'Z', 3, 2);
INSERT INTO "opportunity" ("id", "name", "state", "closed_at", "funnel_id", "stage_id",
  "created_at") VALUES
  (1, 'one', 'won', '2026-02-10T02:00:00Z', 2, 21, '2026-01-05T02:00:00Z'),
  (2, 'two', 'lost', '2026-01-30T02:00:00Z', 2, 22, '2026-01-05T02:00:00Z'),
  (3, 'three', 'open', NULL, 2, 23, '2026-01-05T02:00:00Z'),
  (4, 'four', 'won', '2026-03-01T02:00:00Z', 2, 23, '2026-01-05T02:00:00Z'),
  (5, 'five', 'open', NULL, 2, 21, '2026-01-05T02:00:00Z');
INSERT INTO "stage_change" ("id", "from_id", "to_id", "state", "at", "opportunity_id") VALUES
  (1, NULL, 21, 'open', '2026-01-05T02:00:00Z', 1), (2, 21, NULL, 'won', '2026-02-10T02:00:00Z', 1),
  (3, NULL, 21, 'open', '2026-01-05T02:00:00Z', 2), (4, 21, 22, 'open', '2026-01-12T02:00:00Z', 2),
  (5, 22, NULL, 'lost', '2026-01-30T02:00:00Z', 2),
  (6, NULL, 21, 'open', '2026-01-05T02:00:00Z', 3), (7, 21, 23, 'open', '2026-01-20T02:00:00Z', 3),
  (8, NULL, 21, 'open', '2026-01-05T02:00:00Z', 4), (9, 21, 22, 'open', '2026-01-10T02:00:00Z', 4),
  (10, 22, 23, 'open', '2026-02-01T02:00:00Z', 4), (11, 23, NULL, 'won', '2026-03-01T02:00:00Z', 4),
  (12, NULL, 21, 'open', '2026-01-05T02:00:00Z', 5);
