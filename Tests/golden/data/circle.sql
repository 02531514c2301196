-- Who referred whom:
--   the neighbour (no customer) → 1 → 2, 1 → 3, and a contact of 3 → 4
--   5 → 6 → 7 → 5 is a closed loop, and 7 → 8; later 5 referred 2 a second time
--   9 has nothing to do with anybody
INSERT INTO "customer" ("id", "name") VALUES
  (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four'), (5, 'five'), (6, 'six'), (7, 'seven'),
  (8, 'eight'), (9, 'nine');
INSERT INTO "contact" ("id", "name", "customer_id") VALUES (1, 'contact of three', 3);
INSERT INTO "referrer" ("id", "name", "category", "customer_id", "contact_id") VALUES
  (1, 'neighbour', 'neighbour', NULL, NULL), (2, 'r one', 'customer', 1, NULL),
  (3, 'r three', 'customer', NULL, 1), (4, 'r five', 'customer', 5, NULL),
  (5, 'r six', 'customer', 6, NULL), (6, 'r seven', 'customer', 7, NULL);
INSERT INTO "referral" ("id", "referrer_id", "customer_id", "referred_at", "state") VALUES
  (1, 1, 1, '2026-01-01T02:00:00Z', 'won'), (2, 2, 2, '2026-01-02T02:00:00Z', 'won'),
  (3, 2, 3, '2026-01-03T02:00:00Z', 'new'), (4, 3, 4, '2026-01-04T02:00:00Z', 'lost'),
  (5, 4, 6, '2026-01-05T02:00:00Z', 'won'), (6, 5, 7, '2026-01-06T02:00:00Z', 'won'),
  (7, 6, 5, '2026-01-07T02:00:00Z', 'talking'), (8, 6, 8, '2026-01-08T02:00:00Z', 'no_need'),
  (9, 4, 2, '2026-02-01T02:00:00Z', 'won');
INSERT INTO "opportunity" ("id", "name", "state", "amount_fen", "customer_id", "funnel_id",
  "referral_id") VALUES
  (1, 'a', 'won', 100000, 2, 1, 2), (2, 'b', 'won', 200000, 4, 1, 4), (3, 'c', 'open', 400000, 4, 1, 4),
  (4, 'd', 'won', 800000, 8, 1, 8);
