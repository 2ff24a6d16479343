-- Deals, each with what its calls have added up to. Times are texts in UTC.
CREATE TABLE {deals} (
    deal            TEXT PRIMARY KEY,
    version         INTEGER NOT NULL,       -- the id of the change that wrote the row last; compared before every write
    process         TEXT NOT NULL,
    process_version INTEGER NOT NULL,
    fingerprint     TEXT NOT NULL,
    record          TEXT NOT NULL,          -- the deal record
    state           TEXT NOT NULL,          -- the fold over its calls
    stage           TEXT NOT NULL,
    standing        TEXT NOT NULL,          -- how it stood at its latest call or wake-up
    next_change     TEXT,                   -- when that changes without a call
    woken           TEXT,                   -- its latest wake-up
    parked          TEXT                    -- why it can not be judged; NULL for a sound deal
) WITHOUT ROWID;
CREATE INDEX {prefix}deals_next_change ON {deals} (next_change) WHERE next_change IS NOT NULL;
CREATE INDEX {prefix}deals_process ON {deals} (process, process_version, deal);
CREATE INDEX {prefix}deals_parked ON {deals} (deal) WHERE parked IS NOT NULL;

-- Call records. Rows are added and never changed.
CREATE TABLE {calls} (
    deal     TEXT NOT NULL,
    call     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    content  TEXT NOT NULL,                 -- the id that the content alone would give
    record   TEXT NOT NULL,
    PRIMARY KEY (deal, call, revision, content)
) WITHOUT ROWID;

-- One verdict for each call.
CREATE TABLE {verdicts} (
    deal   TEXT NOT NULL,
    call   TEXT NOT NULL,
    at     TEXT NOT NULL,
    result TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (deal, call)
) WITHOUT ROWID;

-- What happened, for those who follow. SQLite has one writer at a time, so that
-- ids come into sight in their own order and serve as positions.
CREATE TABLE {changes} (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    deal  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    call  TEXT,
    stage TEXT
);
CREATE INDEX {prefix}changes_deal ON {changes} (deal);
