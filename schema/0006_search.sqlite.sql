create virtual table post_search using fts5 (
    document,
    content = 'search_entry',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 0'
);
-- Merging less often writes less; a search looks into a few segments more.
insert into post_search (post_search, rank) values ('automerge', 8);
