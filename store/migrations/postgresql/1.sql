-- Deals, each with what its calls have added up to.
CREATE TABLE {deals} (
    deal            text COLLATE "C" PRIMARY KEY,
    version         bigint NOT NULL,        -- the id of the change that wrote the row last; compared before every write
    process         text NOT NULL,
    process_version integer NOT NULL,
    fingerprint     text NOT NULL,
    record          json NOT NULL,          -- the deal record
    state           json NOT NULL,          -- the fold over its calls
    stage           text NOT NULL,
    standing        json NOT NULL,          -- how it stood at its latest call or wake-up
    next_change     timestamptz,            -- when that changes without a call
    woken           timestamptz,            -- its latest wake-up
    parked          text                    -- why it can not be judged; NULL for a sound deal
);
CREATE INDEX {prefix}deals_next_change ON {deals} (next_change) WHERE next_change IS NOT NULL;
CREATE INDEX {prefix}deals_process ON {deals} (process, process_version, deal);
CREATE INDEX {prefix}deals_parked ON {deals} (deal) WHERE parked IS NOT NULL;

-- Call records. Rows are added and never changed.
CREATE TABLE {calls} (
    deal     text COLLATE "C" NOT NULL,
    call     text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    content  text COLLATE "C" NOT NULL,     -- the id that the content alone would give
    record   json NOT NULL,
    PRIMARY KEY (deal, call, revision, content)
);

-- One verdict for each call.
CREATE TABLE {verdicts} (
    deal   text COLLATE "C" NOT NULL,
    call   text COLLATE "C" NOT NULL,
    at     timestamptz NOT NULL,
    result text NOT NULL,
    record json NOT NULL,
    PRIMARY KEY (deal, call)
);

-- What happened, for those who follow. A change gets its position when it is
-- first read after its transaction was committed, so that positions come into
-- sight in their own order.
CREATE TABLE {changes} (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position bigint UNIQUE,
    deal     text COLLATE "C" NOT NULL,
    kind     text NOT NULL,
    call     text COLLATE "C",
    stage    text
);
CREATE INDEX {prefix}changes_new ON {changes} (id) WHERE position IS NULL;
CREATE INDEX {prefix}changes_deal ON {changes} (deal);
CREATE SEQUENCE {positions};
