-- Mails about messages: what is owed to whom, and what people want to be sent.
alter table notice add column mail text not null default 'none'
    check (mail in ('none', 'instant', 'daily', 'sent', 'left'));
-- The summary that a message went out with: sending it again must give the same one.
alter table notice add column mail_batch uuid;
create index notice_owed on notice (user_id, mail) where mail in ('instant', 'daily');

create table mail_choice (
    user_id uuid not null references person (id),
    topic text not null,
    way text not null check (way in ('instant', 'daily', 'never')),
    primary key (user_id, topic)
);

-- The hour of the daily summary in the person's time zone; null when none is wanted. Without a row it is the usual one.
create table mail_reader (
    user_id uuid not null primary key references person (id),
    daily_hour bigint
);
