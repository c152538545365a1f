-- Settings that outlive a reset: the kept port, the signing key, the clock.
create table if not exists setting(name text primary key, value text not null) without rowid;

create table if not exists organization(
  id text primary key, name text not null, handle text not null unique, description text not null,
  parent text, depth integer not null, lineage text not null, created integer not null unique,
  status text not null, shared integer not null, knows_corp integer not null) without rowid;
create index if not exists organization_parent on organization(parent);

create table if not exists person(
  id text primary key, organization text not null, store text not null,
  username text not null collate nocase, email text, given text not null, family text not null,
  created integer not null, password text, managed_org text, owner text, shared_type text,
  unique(organization, store, username)) without rowid;
create index if not exists person_owner on person(owner, organization) where owner is not null;

create table if not exists team(
  id text primary key, organization text not null, store text not null, name text not null,
  created integer not null) without rowid;
create index if not exists team_organization on team(organization);
create table if not exists team_member(
  team text not null, person text not null, primary key(team, person)) without rowid;
create index if not exists team_member_person on team_member(person);

create table if not exists role(
  number integer primary key, id text not null unique, organization text not null,
  name text not null, audience_type text not null, audience_value text not null,
  audience_display text not null, scopes text not null);
create index if not exists role_organization on role(organization);
create table if not exists role_member(
  role text not null, person text not null, primary key(role, person)) without rowid;
create index if not exists role_member_person on role_member(person);

create table if not exists invitation(
  id text primary key, organization text not null, parent text not null, username text not null,
  store text not null, email text not null, code text not null unique, expires integer not null,
  roles text not null, teams text not null) without rowid;
create index if not exists invitation_name on invitation(organization, username);

create table if not exists mail(
  number integer primary key, recipient text not null, person text not null,
  organization text not null, code text not null, sent integer not null);

create table if not exists token(
  access text primary key, refresh text unique, client text not null, person text,
  organization text not null, scopes text not null, access_expires integer not null,
  refresh_expires integer not null) without rowid;
create index if not exists token_person on token(person);
drop table if exists sign_in_code;
create table if not exists authorization_code(
  code text primary key, client text not null, person text not null, organization text not null,
  redirect text not null, challenge text not null, scopes text not null, nonce text,
  expires integer not null) without rowid;
create table if not exists device_code(
  device text primary key, code text not null unique, client text not null, scopes text not null,
  expires integer not null, pause integer not null, asked integer not null, person text)
  without rowid;
create table if not exists denied(
  username text not null, organization text not null, scope text not null,
  primary key(username, organization, scope)) without rowid;

create table if not exists request(
  number integer primary key, at integer not null, method text not null, path text not null,
  status integer not null, note text not null);
create table if not exists effect(
  number integer primary key, at integer not null, request integer not null, kind text not null,
  organization text not null, person text not null, invitation text not null);
create index if not exists person_created on person(organization, store, created);
