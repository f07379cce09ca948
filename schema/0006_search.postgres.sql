-- words is written word by word by Kith, so that it finds what SQLite finds.
create table post_search (
    id bigint primary key references search_entry (id),
    words tsvector not null
);
create index post_search_words on post_search using gin (words);
create sequence search_number;
