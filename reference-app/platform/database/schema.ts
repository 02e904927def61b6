/**
 * The tables. Text search runs on `words` (no stemming, so that a prefix typed so far finds its word), search
 * by place on `position`. `order_effects` has no unique constraint on purpose: a double effect must be seen.
 */
export const schemaSql = `
create extension if not exists pg_stat_statements;
create extension if not exists cube;

create table businesses (
  id integer primary key,
  name text not null,
  city text not null,
  lat double precision not null,
  lon double precision not null
);

create table coupons (
  id integer primary key,
  business_id integer not null references businesses,
  business_name text not null,
  city text not null,
  title text not null,
  description text not null,
  price_cents integer not null,
  discount_percent integer not null,
  featured boolean not null,
  position cube not null,
  lat double precision not null,
  lon double precision not null,
  words tsvector not null
    generated always as (to_tsvector('simple', title || ' ' || business_name || ' ' || description)) stored
);

create table orders (
  id text primary key,
  idempotency_key text not null unique,
  coupon_id integer not null references coupons,
  member_id text not null,
  accepted_at timestamptz not null default clock_timestamp(),
  done_at timestamptz
);
create index orders_by_acceptance on orders (accepted_at);

create table order_effects (
  id bigint generated always as identity primary key,
  order_id text not null references orders,
  voucher text not null,
  at timestamptz not null default clock_timestamp()
);
create index effects_by_order on order_effects (order_id);
`

/** Built after the rows are in: faster, and the indexes are dense. */
export const indexSql = `
create index coupons_by_words on coupons using gin (words);
create index coupons_by_position on coupons using gist (position);
create index coupons_featured_by_position on coupons using gist (position) where featured;
create index coupons_featured_first on coupons (featured desc, id);
`
