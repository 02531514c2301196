-- Two open deals made on 5 January. On 10 March an import filled in the amount of deal 1, and somebody typed
-- that of deal 2; on the same day the import corrected the expected closing of deal 1, which had been known.
INSERT INTO "opportunity" ("id", "name", "state", "amount_fen", "expected_close_on", "funnel_id",
  "stage_id", "created_at") VALUES
  (1, 'one', 'open', 50000, '2026-06-01', 1, 1, '2026-01-05T02:00:00Z'),
  (2, 'two', 'open', 70000, NULL, 1, 1, '2026-01-05T02:00:00Z');
INSERT INTO "stage_change" ("id", "from_id", "to_id", "state", "at", "opportunity_id") VALUES
  (1, NULL, 1, 'open', '2026-01-05T02:00:00Z', 1), (2, NULL, 1, 'open', '2026-01-05T02:00:00Z', 2);
INSERT INTO "batch" ("id", "kind", "at") VALUES
  (1, 'import', '2026-03-10T02:00:00Z'), (2, 'edit', '2026-03-10T03:00:00Z');
INSERT INTO "change" ("id", "entity", "object_id", "field", "from_value", "to_value", "at", "batch_id")
VALUES
  (1, 'opportunity', 1, 'amount', NULL, '50000', '2026-03-10T02:00:00Z', 1),
  (2, 'opportunity', 1, 'expected_close', '2026-05-01', '2026-06-01', '2026-03-10T02:00:00Z', 1),
  (3, 'opportunity', 2, 'amount', NULL, '70000', '2026-03-10T03:00:00Z', 2);
